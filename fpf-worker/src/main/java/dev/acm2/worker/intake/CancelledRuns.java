package dev.acm2.worker.intake;

import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The runs of which nothing is started any more. Kept a little longer than the topic keeps the
/// commands, so the set is bounded by the cancellations of a day.
public final class CancelledRuns {

  static final Duration KEPT = Duration.ofHours(25);

  private final Map<RunId, Cancellation> runs = new ConcurrentHashMap<>();

  private record Cancellation(String reason, Instant at) {}

  public Optional<String> reason(RunId runId) {
    return Optional.ofNullable(runs.get(runId)).map(Cancellation::reason);
  }

  /// @param at when it was demanded
  void add(RunId runId, String reason, Instant at, Instant now) {
    runs.put(runId, new Cancellation(reason, at));
    runs.values().removeIf(known -> known.at().isBefore(now.minus(KEPT)));
  }

  int size() {
    return runs.size();
  }
}
