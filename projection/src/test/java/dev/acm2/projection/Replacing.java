package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSucceeded;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which calls are to give again what they had given, by a valid log alone: told apart from the fold that
/// is tested.
final class Replacing {

  /// @param had whether the last end was a success
  private record Seen(CallQueued queued, int epoch, boolean open, boolean had) {}

  private final Map<CallId, Seen> calls = new TreeMap<>();

  static Replacing of(List<RecordedEvent> log) {
    Replacing replacing = new Replacing();
    log.forEach(replacing::hear);
    return replacing;
  }

  /// The first phase of the source in which a success is being replaced.
  Optional<Phase> first(String source) {
    return calls
      .values()
      .stream()
      .filter(call -> call.open() && call.had() && call.queued().document().equals(source))
      .map(call -> call.queued().phase())
      .min(Comparator.naturalOrder());
  }

  private void hear(RecordedEvent recorded) {
    switch (recorded.event()) {
      case CallQueued queued -> {
        Seen before = calls.get(queued.callId());
        boolean had = before != null && before.had();
        calls.put(queued.callId(), new Seen(queued, queued.epoch(), true, had));
      }
      case CallHandedBack back -> next(back.callId());
      case CallOrphaned orphaned when orphaned.policy() == CallOrphaned.Policy.REDISPATCHED -> next(
        orphaned.callId()
      );
      case CallEnded ended -> calls.computeIfPresent(ended.callId(), (_, call) ->
        ended(call, ended)
      );
      default -> {
      }
    }
  }

  private void next(CallId id) {
    calls.computeIfPresent(id, (_, call) ->
      new Seen(call.queued(), call.epoch() + 1, call.open(), call.had())
    );
  }

  private static Seen ended(Seen call, CallEnded event) {
    boolean decides = call.open() ? event.epoch() == call.epoch() : event.epoch() > call.epoch();
    return decides
      ? new Seen(call.queued(), event.epoch(), false, event instanceof CallSucceeded)
      : call;
  }
}
