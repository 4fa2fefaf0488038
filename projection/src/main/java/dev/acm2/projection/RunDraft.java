package dev.acm2.projection;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.projection.RunView.RunStatus;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A run view while one event is applied to it.
final class RunDraft {

  private final RunView before;
  private final AsOf at;
  private RunStatus status;
  private @Nullable Outcome outcome;
  private @Nullable String message;
  private RunStats stats;
  private final SortedMap<Phase, RunStats> byPhase;
  private final SortedMap<String, RunStats> byModel;
  private @Nullable Instant startedAt;
  private Instant deadlineAt;
  private @Nullable Instant finishedAt;
  private final Instant lastEventAt;
  private int anomalies;
  private Actions actions;
  private Limits limits;
  private boolean archived;
  private boolean deleted;

  /// @param when the event occurred
  RunDraft(RunView before, AsOf at, Instant when) {
    this.before = before;
    this.at = at;
    status = before.status();
    outcome = before.outcome();
    message = before.message();
    stats = before.stats();
    byPhase = new TreeMap<>(before.byPhase());
    byModel = new TreeMap<>(before.byModel());
    startedAt = before.startedAt();
    deadlineAt = before.deadlineAt();
    finishedAt = before.finishedAt();
    lastEventAt = when.isAfter(before.lastEventAt()) ? when : before.lastEventAt();
    anomalies = before.anomalies();
    actions = new Actions(before.actions());
    limits = before.limits();
    archived = before.archived();
    deleted = before.deleted();
  }

  AsOf at() {
    return at;
  }

  void replace(@Nullable CallView old, CallView fresh) {
    anomalies += fresh.anomalies().size() - (old == null ? 0 : old.anomalies().size());
    if (fresh.phase() == null || fresh.model() == null) {
      return;
    }
    RunStats change = RunStats.of(fresh).minus(RunStats.of(old));
    stats = stats.plus(change);
    byPhase.merge(fresh.phase(), change, RunStats::plus);
    byModel.merge(fresh.model().toString(), change, RunStats::plus);
  }

  void started(Instant when) {
    startedAt = startedAt == null ? when : startedAt;
    status = status == RunStatus.REQUESTED ? RunStatus.RUNNING : status;
  }

  /// Notes what was asked of the run, or its end, and lets it have its effect. A copy of an event has
  /// none, whatever happened in between.
  void once(EventMeta meta, RunEvent event, String reason, Runnable effect) {
    if (actions.have(meta)) {
      return;
    }
    effect.run();
    actions = actions.with(meta, event, reason);
  }

  void archived(boolean now) {
    archived = now;
  }

  /// A run that is at work is not given up: it would go on, and spend money, where nobody sees it.
  void deleted() {
    deleted = status == RunStatus.FINISHED;
  }

  /// Whether successes of the phase may be replaced.
  boolean isRunAnew(Phase phase) {
    return actions.runAnew(phase);
  }

  void cancelling() {
    status = status == RunStatus.FINISHED ? status : RunStatus.CANCELLING;
  }

  void paused() {
    status = switch (status) {
      case REQUESTED, RUNNING, PAUSED -> RunStatus.PAUSED;
      case CANCELLING, FINISHED -> status;
    };
  }

  void resumed() {
    if (status == RunStatus.PAUSED) {
      boolean isFresh = startedAt == null && !hasEnded();
      status = isFresh ? RunStatus.REQUESTED : RunStatus.RUNNING;
    }
  }

  private boolean hasEnded() {
    return actions.last(EventType.RUN_FINISHED) >= 0;
  }

  /// The first end of a run counts, as the first end of a call does, until the run is to go on.
  void finished(RunFinished event, Instant when) {
    boolean isMore = actions.isLater(EventType.RUN_RETRY_REQUESTED, EventType.RUN_FINISHED);
    if (status != RunStatus.FINISHED || isMore) {
      status = RunStatus.FINISHED;
      outcome = event.outcome();
      message = event.message();
      finishedAt = when;
    }
  }

  /// Limits are raised at once. A finished run goes on with the first call that is opened again, if
  /// there is one: nobody can tell before.
  void retried(RunRetryRequested event) {
    limits = raised(event);
    boolean goesOn = status != RunStatus.FINISHED && status != RunStatus.CANCELLING;
    if (goesOn && event.deadlineAt().isAfter(deadlineAt)) {
      deadlineAt = event.deadlineAt();
    }
  }

  /// A call was opened again. The request for it may stand before the end of the run in the log, and
  /// whatever was asked after it holds for the run that goes on.
  void reopened() {
    int asked = actions.last(EventType.RUN_RETRY_REQUESTED);
    if (status != RunStatus.FINISHED || asked < 0) {
      return;
    }
    boolean isHeld = actions.isLater(EventType.RUN_PAUSE_REQUESTED, EventType.RUN_RESUME_REQUESTED);
    status = RunStatus.RUNNING;
    if (actions.last(EventType.RUN_CANCEL_REQUESTED) > asked) {
      status = RunStatus.CANCELLING;
    } else if (isHeld && actions.last(EventType.RUN_PAUSE_REQUESTED) > asked) {
      status = RunStatus.PAUSED;
    }
    Instant until = actions.deadlineAt(asked);
    deadlineAt = until == null ? deadlineAt : until;
    outcome = null;
    message = null;
    finishedAt = null;
  }

  private Limits raised(RunRetryRequested event) {
    Integer calls = event.maxPaidCalls();
    Usd money = event.maxCostUsd();
    return new Limits(
      limits.callDeadline(),
      limits.attemptTimeout(),
      limits.maxAttempts(),
      limits.queueTtl(),
      limits.runDeadline(),
      calls == null ? limits.maxPaidCalls() : calls,
      money == null ? limits.maxCostUsd() : money,
      limits.concurrency(),
      limits.onWorkerLost(),
      limits.priority(),
      limits.weight()
    );
  }

  RunView freeze() {
    RunSpec spec = before.spec();
    return new RunView(
      before.runId(),
      before.name(),
      status,
      outcome,
      message,
      RunFold.phases(byPhase),
      at,
      stats,
      byPhase,
      byModel,
      before.requestedAt(),
      startedAt,
      deadlineAt,
      finishedAt,
      lastEventAt,
      anomalies,
      actions.all(),
      limits,
      archived,
      deleted,
      spec == null || deleted ? null : spec.withLimits(limits)
    );
  }
}
