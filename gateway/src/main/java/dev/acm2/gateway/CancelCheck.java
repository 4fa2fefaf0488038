package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.eventlog.RunLog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// I9 out of the raw events: after a cancel, of the run or of one call, nothing is started from 1 s on and
/// what was under way has ended within 5 s, by log append time; a run in which calls were skipped because
/// of it ends as cancelled. Calls whose worker was lost are not looked at: nobody could abort them. Pure.
final class CancelCheck {

  private static final Duration NO_START_AFTER = Duration.ofSeconds(1);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(5);

  private final List<String> violations = new ArrayList<>();
  private final Set<Release> starts = new HashSet<>();
  private final Map<CallId, Integer> underWay = new HashMap<>();
  private final Map<CallId, Integer> epochs = new HashMap<>();
  private final Map<CallId, Instant> cancelledCalls = new HashMap<>();
  private @Nullable Instant cancelledAt;
  private @Nullable Instant cancelledSinceRetry;
  private @Nullable Instant lastAppend;
  private boolean skipped;
  private boolean finished;

  private record Release(CallId callId, int epoch) {}

  void accept(Entry entry) {
    Instant at = entry.appendedAt();
    lastAppend = at;
    switch (entry.recorded().event()) {
      case RunCancelRequested _ -> cancelled(at);
      case RunRetryRequested _ -> cancelledSinceRetry = null;
      case CallCancelRequested cancel -> cancelledCalls.putIfAbsent(cancel.callId(), at);
      case RunFinished end when !finished -> finished(end);
      case CallEvent event -> accept(event, at);
      case RunEvent _ -> {
      }
    }
  }

  /// What was done in spite of a cancel.
  List<String> violations() {
    List<String> all = new ArrayList<>(violations);
    underWay.forEach((call, _) -> {
      if (lastAppend != null && isAfter(lastAppend, call, ENDED_WITHIN)) {
        all.add("call " + call + " was cancelled and has not ended");
      }
    });
    return all;
  }

  private void accept(CallEvent event, Instant at) {
    CallId call = event.callId();
    switch (event) {
      case CallQueued queued -> queued(queued);
      case CallStarted start -> started(start, at);
      case CallOrphaned _, CallHandedBack _ -> underWay.remove(call, event.epoch());
      case CallEnded end -> ended(end, at);
      case RunEvent.CallDispatched _, RunEvent.CallRetried _, RunEvent.CallProgressed _ -> {
      }
    }
  }

  /// A cancelled run opens no call any more until it has finished and was asked to go on; then what was
  /// cancelled before is over. The request for it may stand before the end of the run in the log.
  private void queued(CallQueued queued) {
    int before = epochs.getOrDefault(queued.callId(), 1);
    if (queued.epoch() > before) {
      epochs.put(queued.callId(), queued.epoch());
      cancelledCalls.remove(queued.callId());
      if (finished) {
        reopened();
      }
    }
  }

  private void started(CallStarted start, Instant at) {
    CallId call = start.callId();
    if (!starts.add(new Release(call, start.epoch()))) {
      return;
    }
    underWay.put(call, start.epoch());
    if (isAfter(at, call, NO_START_AFTER)) {
      violations.add("call " + call + " was started at " + at + ", after its cancel");
    }
  }

  private void ended(CallEnded end, Instant at) {
    CallId call = end.callId();
    if (underWay.remove(call, end.epoch()) && isAfter(at, call, ENDED_WITHIN)) {
      violations.add("call " + call + " was cancelled and ended only at " + at);
    }
    skipped |= end instanceof CallSkipped skip && skip.reason() == CallSkipped.Reason.RUN_CANCELLED;
  }

  private boolean isAfter(Instant at, CallId call, Duration allowed) {
    Instant own = cancelledCalls.get(call);
    return (
      (cancelledAt != null && at.isAfter(cancelledAt.plus(allowed))) ||
      (own != null && at.isAfter(own.plus(allowed)))
    );
  }

  private void finished(RunFinished end) {
    finished = true;
    if (skipped && end.outcome() != Outcome.CANCELLED) {
      violations.add("the run was cancelled and ended as " + end.outcome());
    }
  }

  private void cancelled(Instant at) {
    if (cancelledAt == null && !finished) {
      cancelledAt = at;
    }
    if (cancelledSinceRetry == null) {
      cancelledSinceRetry = at;
    }
  }

  private void reopened() {
    finished = false;
    skipped = false;
    cancelledAt = cancelledSinceRetry;
  }
}
