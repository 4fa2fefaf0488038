package dev.acm2.gateway;

import dev.acm2.gateway.LaneHistory.Sample;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// How every lane stood lately, in the order of their names.
public record LaneHistories(List<Lane> lanes) {
  /// @param samples oldest first; each one holds until the next, the last one holds now
  public record Lane(String lane, List<Sample> samples) {}

  /// @param from the sample that held then is the first one
  static LaneHistories since(Instant from, Collection<LaneHistory> histories) {
    return new LaneHistories(
      histories
        .stream()
        .map(history -> new Lane(history.newest().lane(), history.since(from)))
        .sorted(Comparator.comparing(Lane::lane))
        .toList()
    );
  }
}
