package dev.acm2.projection;

/// A position in the log that a view speaks for.
///
/// @param generation counts the rebuilds of the views: positions of two generations do not compare
/// @param partition of the topic of events
/// @param offset the last event that is in the view
public record AsOf(int generation, int partition, long offset) {
  /// The position written as `generation.partition.offset`, as in the ids of the live stream.
  public String id() {
    return generation + "." + partition + "." + offset;
  }
}
