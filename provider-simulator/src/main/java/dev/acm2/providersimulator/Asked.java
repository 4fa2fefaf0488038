package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;

/// One request on its way to an answer.
///
/// @param judgement what is to be judged, null when nothing is
record Asked(ModelCall call, @Nullable Judgement judgement, Occurrence occurrence) {}
