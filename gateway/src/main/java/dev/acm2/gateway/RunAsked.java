package dev.acm2.gateway;

import dev.acm2.contract.RunId;

/// The answer to an accepted request about a run: it will have its effect, it has not had it yet.
public record RunAsked(RunId runId) {}
