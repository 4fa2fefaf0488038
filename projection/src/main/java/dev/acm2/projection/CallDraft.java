package dev.acm2.projection;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallId;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.projection.CallView.Anomaly;
import dev.acm2.projection.CallView.LastError;
import dev.acm2.projection.CallView.Late;
import dev.acm2.projection.CallView.Retry;
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
  LastError lastError;

  List<Retry> retries = List.of();

  @Nullable
  Enforcer enforcedBy;

  @Nullable
  Instant enforcedAt;

  List<CallArtifact> artifacts = List.of();

  @Nullable
  String preview;

  List<Late> late = List.of();
  List<Anomaly> anomalies = List.of();
  SortedMap<Integer, Spend> spendByEpoch = new TreeMap<>();

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
    lastError = view.lastError();
    retries = view.retries();
    enforcedBy = view.enforcedBy();
    enforcedAt = view.enforcedAt();
    artifacts = view.artifacts();
    preview = view.preview();
    late = view.late();
    anomalies = view.anomalies();
    spendByEpoch = new TreeMap<>(view.spendByEpoch());
  }

  void addArtifacts(List<CallArtifact> more) {
    List<CallArtifact> fresh = more
      .stream()
      .filter(artifact -> !artifacts.contains(artifact))
      .toList();
    artifacts = concat(artifacts, fresh);
  }

  void addRetry(Retry retry) {
    boolean known = retries
      .stream()
      .anyMatch(r -> r.epoch() == retry.epoch() && r.attempt() == retry.attempt());
    if (!known) {
      retries = concat(retries, List.of(retry));
    }
  }

  void addLate(Late end) {
    if (late.stream().noneMatch(known -> known.eventId().equals(end.eventId()))) {
      late = concat(late, List.of(end));
    }
  }

  void addAnomaly(EventMeta meta, String type, String what) {
    if (anomalies.stream().noneMatch(known -> known.eventId().equals(meta.eventId()))) {
      anomalies = concat(anomalies, List.of(new Anomaly(meta.eventId(), type, what)));
    }
  }

  CallView freeze(long version) {
    Spend spend = spendByEpoch.values().stream().reduce(Spend.NONE, Spend::plus);
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
      lastError,
      retries,
      spend.usage(),
      spend.costUsd(),
      spend.attempts(),
      enforcedBy,
      enforcedAt,
      artifacts,
      preview,
      late,
      anomalies,
      spendByEpoch,
      version
    );
  }

  private static <T> List<T> concat(List<T> head, List<T> tail) {
    List<T> all = new ArrayList<>(head);
    all.addAll(tail);
    return List.copyOf(all);
  }
}
