package dev.acm2.gateway;

import dev.acm2.contract.LaneView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// How every lane stands, in the order of their names.
public record Lanes(List<LaneView> lanes) {
  static Lanes of(Collection<LaneHistory> histories) {
    return new Lanes(
      histories
        .stream()
        .map(LaneHistory::newest)
        .sorted(Comparator.comparing(LaneView::lane))
        .toList()
    );
  }
}
