package dev.acm2.gateway;

import org.jspecify.annotations.Nullable;

/// Says that a run is really meant.
///
/// @param confirm the name of the run
public record DeleteRequest(@Nullable String confirm) {}
