package dev.acm2.gateway;

import dev.acm2.contract.RunId;

/// The answer to an accepted cancel: the run will end, it has not ended yet.
public record CancelAccepted(RunId runId) {}
