package dev.acm2.contract;

/// A fact, of which run it is, and what is known beside it.
public record RecordedEvent(RunId runId, EventMeta meta, RunEvent event) {}
