package dev.acm2.projection;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.RunFinished;
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
  private @Nullable Instant finishedAt;
  private int anomalies;

  RunDraft(RunView before, AsOf at) {
    this.before = before;
    this.at = at;
    status = before.status();
    outcome = before.outcome();
    message = before.message();
    stats = before.stats();
    byPhase = new TreeMap<>(before.byPhase());
    byModel = new TreeMap<>(before.byModel());
    startedAt = before.startedAt();
    finishedAt = before.finishedAt();
    anomalies = before.anomalies();
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

  RunDraft cancelling() {
    status = status == RunStatus.FINISHED ? status : RunStatus.CANCELLING;
    return this;
  }

  /// The first end of a run counts, as the first end of a call does.
  RunDraft finished(RunFinished event, Instant when) {
    if (status != RunStatus.FINISHED) {
      status = RunStatus.FINISHED;
      outcome = event.outcome();
      message = event.message();
      finishedAt = when;
    }
    return this;
  }

  RunView freeze() {
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
      before.deadlineAt(),
      finishedAt,
      anomalies,
      before.spec()
    );
  }
}
