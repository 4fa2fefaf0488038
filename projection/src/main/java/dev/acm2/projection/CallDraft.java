package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallView.Epoch;
import dev.acm2.projection.CallView.EpochEnd;
import dev.acm2.projection.CallView.LastError;
import dev.acm2.projection.CallView.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A call view while one event is applied to it.
final class CallDraft {

  final RunId runId;
  final CallId callId;

  @Nullable
  Phase phase;

  @Nullable
  String document;

  @Nullable
  ModelId model;

  int iteration;

  @Nullable
  String subject;

  CallState state = CallState.STRAY;
  int epoch;
  int attempt;

  @Nullable
  String workerId;

  @Nullable
  Instant queuedAt;

  @Nullable
  Instant dispatchedAt;

  @Nullable
  Instant startedAt;

  @Nullable
  Instant deadlineAt;

  @Nullable
  Instant nextAttemptAt;

  @Nullable
  Instant finishedAt;

  @Nullable
  UUID endedBy;

  @Nullable
  Progress progress;

  @Nullable
  LastError lastError;

  Usd reservedUsd = Usd.ZERO;
  Usd savedUsd = Usd.ZERO;

  @Nullable
  Enforcer enforcedBy;

  @Nullable
  Instant enforcedAt;

  Given given = Given.NOTHING;

  final CallHistory history = new CallHistory();
  final CallSpend spend = new CallSpend();
  final SortedMap<Integer, UUID> earlierEnds = new TreeMap<>();
  final List<Integer> replacedEpochs = new ArrayList<>();

  private CallDraft(RunId runId, CallId callId) {
    this.runId = runId;
    this.callId = callId;
  }

  static CallDraft of(RunId runId, CallId callId, @Nullable CallView view) {
    CallDraft draft = new CallDraft(runId, callId);
    if (view != null) {
      draft.copy(view);
    }
    return draft;
  }

  private void copy(CallView view) {
    phase = view.phase();
    document = view.document();
    model = view.model();
    iteration = view.iteration();
    subject = view.subject();
    state = view.state();
    epoch = view.epoch();
    attempt = view.attempt();
    workerId = view.workerId();
    queuedAt = view.queuedAt();
    dispatchedAt = view.dispatchedAt();
    startedAt = view.startedAt();
    deadlineAt = view.deadlineAt();
    nextAttemptAt = view.nextAttemptAt();
    finishedAt = view.finishedAt();
    endedBy = view.endedBy();
    progress = view.progress();
    lastError = view.lastError();
    reservedUsd = view.reservedUsd();
    savedUsd = view.savedUsd();
    enforcedBy = view.enforcedBy();
    enforcedAt = view.enforcedAt();
    given = Given.of(view);
    history.copy(view);
    spend.copy(view);
    earlierEnds.putAll(view.earlierEnds());
    replacedEpochs.addAll(view.replacedEpochs());
  }

  /// Waits for its first release, or for another one after its end.
  ///
  /// @param since null when it will not wait: it is skipped
  void open(int next, @Nullable Instant since) {
    if (endedBy != null && finishedAt != null) {
      earlierEnds.put(epoch, endedBy);
      String cause = lastError == null || !lastError.active() ? null : lastError.kind();
      over(EpochEnd.of(state), finishedAt, cause);
    }
    if (state == CallState.OK) {
      replacedEpochs.add(epoch);
    }
    waitInEpoch(next, since);
  }

  /// The epoch ends without an end of the call, which waits for its next release from then on.
  void breakOff(EpochEnd how, Instant when) {
    over(how, when, null);
    waitInEpoch(epoch + 1, when);
  }

  private void over(EpochEnd how, Instant when, @Nullable String cause) {
    history.add(new Epoch(epoch, workerId, queuedAt, dispatchedAt, startedAt, when, how, cause));
  }

  /// What the epoch before has left goes, what it had given too.
  private void waitInEpoch(int next, @Nullable Instant since) {
    state = CallState.QUEUED;
    epoch = next;
    attempt = 0;
    workerId = null;
    queuedAt = since;
    dispatchedAt = null;
    startedAt = null;
    deadlineAt = null;
    nextAttemptAt = null;
    finishedAt = null;
    endedBy = null;
    progress = null;
    reservedUsd = Usd.ZERO;
    savedUsd = Usd.ZERO;
    enforcedBy = null;
    enforcedAt = null;
    given = Given.NOTHING;
  }

  void failedWith(
    EventMeta meta,
    String kind,
    String message,
    @Nullable Integer httpStatus,
    int failedAttempt
  ) {
    lastError = new LastError(kind, message, httpStatus, failedAttempt, meta.occurredAt(), true);
  }

  CallView freeze(long version) {
    Spend total = spend.total();
    return new CallView(
      runId,
      callId,
      phase,
      document,
      model,
      iteration,
      subject,
      state,
      epoch,
      attempt,
      workerId,
      queuedAt,
      dispatchedAt,
      startedAt,
      deadlineAt,
      nextAttemptAt,
      finishedAt,
      endedBy,
      progress,
      lastError,
      history.retries,
      total.usage(),
      total.costUsd(),
      total.attempts(),
      reservedUsd,
      savedUsd,
      enforcedBy,
      enforcedAt,
      history.artifacts,
      given.output(),
      given.preview(),
      given.suspicions(),
      given.verdict(),
      history.late,
      history.anomalies,
      spend.byEpoch,
      spend.retriedByEpoch,
      earlierEnds,
      List.copyOf(replacedEpochs),
      history.earlier,
      version
    );
  }
}
