package dev.acm2.contract;

/// How many calls of a phase a run will make to a model, if nothing that they depend on fails.
public record PlannedCalls(Phase phase, ModelId model, int calls) {}
