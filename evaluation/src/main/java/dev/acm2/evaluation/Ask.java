package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;

/// One comparison that a judge is to make.
///
/// @param first the document that is shown first
/// @param second the document that is shown second
/// @param iteration 1 or more
public record Ask(CallId first, CallId second, ModelId judge, int iteration) {}
