package dev.acm2.contract;

import java.time.Duration;

/// How long the attempt that ended the call took.
///
/// @param firstByte from sending the request to the first byte of the response body
/// @param total from sending the request to the last byte
public record Timings(Duration firstByte, Duration total) {}
