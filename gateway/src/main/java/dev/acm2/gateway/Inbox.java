package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one client has not been sent yet: the latest value of each key, so that a slow client costs no
/// more memory than the run has calls. Without IO, not thread-safe.
///
/// Guarantees: only views of its own run; nothing at or below the version that the client has; a delta
/// at version v holds every call that changed up to v; versions only rise.
final class Inbox {

  private static final int NONE = -1;
  private static final String OTHER_GENERATION = "the views are of another generation";

  private final RunId runId;
  private final int maxPending;
  private final Map<CallId, CallView> unconfirmed = new HashMap<>();
  private final SortedMap<CallId, CallView> confirmed = new TreeMap<>();
  private @Nullable RunView run;
  private @Nullable AsOf sent;
  private int generation = NONE;
  private @Nullable String broken;

  /// @param maxPending calls that may wait; one more breaks the stream off
  Inbox(RunId runId, int maxPending) {
    this.runId = runId;
    this.maxPending = maxPending;
  }

  /// Takes the next view that passes.
  ///
  /// @throws IllegalArgumentException when it is of another run
  void offer(View view) {
    if (!view.runId().equals(runId)) {
      throw new IllegalArgumentException("a view of run " + view.runId() + " for run " + runId);
    }
    if (broken != null) {
      return;
    }
    if (generation != view.generation() && generation != NONE) {
      breakOff(OTHER_GENERATION);
      return;
    }
    generation = view.generation();
    switch (view) {
      case View.OfRun(RunView changed) -> offerRun(changed);
      case View.OfCall(CallView changed, int _) -> offerCall(changed);
    }
  }

  /// The client has, or is about to be sent, everything up to the version.
  void startAt(AsOf version) {
    if (generation != version.generation() && generation != NONE) {
      breakOff(OTHER_GENERATION);
      return;
    }
    generation = version.generation();
    sent = version;
    unconfirmed.values().removeIf(call -> call.version() <= version.offset());
    confirmed.values().removeIf(call -> call.version() <= version.offset());
    if (run != null && run.asOf().offset() <= version.offset()) {
      run = null;
    }
  }

  /// Views may have been missed: what waits is worth nothing.
  void breakOff(String reason) {
    broken = reason;
    unconfirmed.clear();
    confirmed.clear();
    run = null;
  }

  /// Why the stream cannot be continued, null while it can.
  @Nullable
  String broken() {
    return broken;
  }

  /// Whether [#drain] has something to give.
  boolean ready() {
    return run != null && sent != null;
  }

  /// Everything that waits, null when nothing does. The client has it from now on.
  ///
  /// @param at now
  @Nullable
  Delta drain(Instant at) {
    if (run == null || sent == null) {
      return null;
    }
    Delta delta = new Delta(runId, run.asOf(), at, run, new ArrayList<>(confirmed.values()));
    sent = run.asOf();
    run = null;
    confirmed.clear();
    return delta;
  }

  /// Calls that wait.
  int pending() {
    long once = unconfirmed
      .keySet()
      .stream()
      .filter(id -> !confirmed.containsKey(id))
      .count();
    return confirmed.size() + Math.toIntExact(once);
  }

  private void offerRun(RunView changed) {
    if (
      isNews(changed.asOf().offset()) &&
      (run == null || changed.asOf().offset() > run.asOf().offset())
    ) {
      run = changed.withSpec(null);
      confirmed.putAll(unconfirmed);
      unconfirmed.clear();
    }
  }

  private void offerCall(CallView changed) {
    if (
      !isNews(changed.version()) ||
      isOlder(changed, unconfirmed.get(changed.callId())) ||
      isOlder(changed, confirmed.get(changed.callId()))
    ) {
      return;
    }
    unconfirmed.put(changed.callId(), changed);
    if (pending() > maxPending) {
      breakOff("the client is more than " + maxPending + " calls behind");
    }
  }

  private boolean isNews(long version) {
    return sent == null || version > sent.offset();
  }

  private static boolean isOlder(CallView changed, @Nullable CallView waiting) {
    return waiting != null && changed.version() <= waiting.version();
  }
}
