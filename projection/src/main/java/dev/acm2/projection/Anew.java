package dev.acm2.projection;

import dev.acm2.contract.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What counts while a phase is run anew: what the phases after it gave is about to be replaced, and what
/// that was made from may be gone already.
final class Anew {

  private Anew() {}

  /// Without the calls of phases after one in which successes are being replaced.
  ///
  /// @param calls about one source
  static List<CallView> counting(List<CallView> calls) {
    Optional<Phase> first = calls
      .stream()
      .filter(CallView::isBeingReplaced)
      .map(CallView::phase)
      .filter(Objects::nonNull)
      .min(Comparator.naturalOrder());
    return first.isEmpty()
      ? calls
      : calls
          .stream()
          .filter(call -> call.phase() == null || call.phase().compareTo(first.get()) <= 0)
          .toList();
  }
}
