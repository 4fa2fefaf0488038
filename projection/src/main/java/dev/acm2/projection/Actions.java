package dev.acm2.projection;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.projection.RunView.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was asked of a run, and its ends, in the order of the log.
record Actions(List<Action> all) {
  boolean have(EventMeta meta) {
    return all.stream().anyMatch(known -> known.eventId().equals(meta.eventId()));
  }

  Actions with(EventMeta meta, RunEvent event, String reason) {
    RunRetryRequested retry = event instanceof RunRetryRequested again ? again : null;
    List<Action> more = new ArrayList<>(all);
    more.add(
      new Action(
        meta.eventId(),
        EventType.of(event).wireName(),
        reason,
        meta.occurredAt(),
        retry == null ? null : retry.deadlineAt(),
        retry == null ? null : retry.from()
      )
    );
    return new Actions(List.copyOf(more));
  }

  /// Where the last action of a type is, -1 when there is none.
  int last(EventType type) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).type().equals(type.wireName())) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the last action of one type came after the last one of another, if there is any of that.
  boolean isLater(EventType type, EventType other) {
    return last(type) > last(other);
  }

  @Nullable
  Instant deadlineAt(int action) {
    return all.get(action).deadlineAt();
  }

  /// Whether somebody asked to run the phase anew, its successes too.
  boolean runAnew(Phase phase) {
    return all
      .stream()
      .map(Action::from)
      .anyMatch(from -> from != null && from.compareTo(phase) <= 0);
  }
}
