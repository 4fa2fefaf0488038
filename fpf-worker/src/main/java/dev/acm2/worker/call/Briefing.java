package dev.acm2.worker.call;

/// What a model is told.
///
/// @param prompt all that it reads
record Briefing(String prompt, Purpose purpose) {}
