package dev.acm2.gateway;

import java.time.Instant;
import java.util.List;

/// Records that could not be read as events.
///
/// @param count all of them
/// @param items the newest, at most 100
public record Quarantine(long count, List<Item> items) {
  /// A record, by where it stands, and what is wrong with it.
  public record Item(String topic, int partition, long offset, String error, Instant at) {}
}
