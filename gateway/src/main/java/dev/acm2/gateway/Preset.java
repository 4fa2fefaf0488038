package dev.acm2.gateway;

import dev.acm2.contract.RunSubmission;
import java.time.Instant;

/// A submission that is kept under a name.
///
/// @param version counts from 1; a version never changes
/// @param submission may be incomplete
public record Preset(String name, int version, Instant savedAt, RunSubmission submission) {}
