package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// When each epoch of each call waited, was released, was started and was over, by a valid log alone: told
/// apart from the fold that is tested.
final class EpochTimes {

  /// @param ended the first end, or what broke the epoch off
  record Times(
    @Nullable Instant queued,
    @Nullable Instant released,
    @Nullable Instant started,
    @Nullable Instant ended
  ) {
    private static final Times NONE = new Times(null, null, null, null);

    static Times of(CallView call) {
      return new Times(call.queuedAt(), call.dispatchedAt(), call.startedAt(), call.finishedAt());
    }

    static Times of(CallView.Epoch epoch) {
      return new Times(epoch.queuedAt(), epoch.dispatchedAt(), epoch.startedAt(), epoch.endedAt());
    }
  }

  private final Map<CallId, SortedMap<Integer, Times>> calls = new HashMap<>();

  void hear(RecordedEvent recorded) {
    if (recorded.event() instanceof CallEvent event) {
      hear(event, recorded.meta().occurredAt());
    }
  }

  /// In the order of epochs, the present one last.
  List<Times> of(CallId id) {
    return new ArrayList<>(Objects.requireNonNull(calls.get(id)).values());
  }

  private void hear(CallEvent event, Instant at) {
    SortedMap<Integer, Times> epochs = calls.computeIfAbsent(event.callId(), _ -> new TreeMap<>());
    int epoch = event.epoch();
    Times known = epochs.getOrDefault(epoch, Times.NONE);
    switch (event) {
      case CallQueued _ -> epochs.put(epoch, new Times(at, null, null, null));
      case CallDispatched _ -> epochs.put(epoch, new Times(known.queued, at, null, null));
      case CallStarted _ -> epochs.put(epoch, new Times(known.queued, known.released, at, null));
      // An end in an epoch that never began is late: the call had ended before it.
      case CallEnded _ when epochs.containsKey(epoch) || event instanceof CallSkipped -> over(
        epochs,
        epoch,
        known,
        at
      );
      case CallHandedBack _ -> next(epochs, epoch, known, at);
      case CallOrphaned orphaned when orphaned.policy() == CallOrphaned.Policy.REDISPATCHED -> next(
        epochs,
        epoch,
        known,
        at
      );
      default -> {
      }
    }
  }

  private static void next(SortedMap<Integer, Times> epochs, int epoch, Times known, Instant at) {
    over(epochs, epoch, known, at);
    epochs.put(epoch + 1, new Times(at, null, null, null));
  }

  private static void over(SortedMap<Integer, Times> epochs, int epoch, Times known, Instant at) {
    Instant ended = known.ended == null ? at : known.ended;
    epochs.put(epoch, new Times(known.queued, known.released, known.started, ended));
  }
}
