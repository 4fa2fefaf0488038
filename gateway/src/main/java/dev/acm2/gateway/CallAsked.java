package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;

/// The answer to an accepted request about a call: it will have its effect, it has not had it yet.
public record CallAsked(RunId runId, CallId callId) {}
