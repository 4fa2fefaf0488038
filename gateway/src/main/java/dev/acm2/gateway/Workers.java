package dev.acm2.gateway;

import dev.acm2.contract.WorkerHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The workers that were heard of lately, in the order of their ids.
public record Workers(List<Worker> workers) {
  static final Duration SILENT_AFTER = Duration.ofSeconds(10);
  static final Duration GONE_AFTER = Duration.ofMinutes(5);

  /// A worker's last heartbeat.
  ///
  /// @param slots calls that it can run at once
  /// @param draining it takes no new calls and will leave
  /// @param providers that it can reach
  /// @param silent it has not been heard of for 10 s
  public record Worker(
    String workerId,
    String buildId,
    Instant at,
    int slots,
    int inFlight,
    boolean draining,
    List<String> providers,
    boolean silent
  ) {}

  /// Without those that were silent for 5 minutes, and without those that left in order: their last word
  /// was that they leave and have no calls any more.
  static Workers of(Collection<WorkerHeartbeat> beats, Instant now) {
    return new Workers(
      beats
        .stream()
        .map(beat -> of(beat, now))
        .filter(worker -> !isGone(worker, now))
        .sorted(Comparator.comparing(Worker::workerId))
        .toList()
    );
  }

  private static Worker of(WorkerHeartbeat beat, Instant now) {
    return new Worker(
      beat.workerId(),
      beat.buildId(),
      beat.at(),
      beat.slots(),
      beat.inFlight(),
      beat.draining(),
      beat.providers(),
      beat.at().plus(SILENT_AFTER).isBefore(now)
    );
  }

  private static boolean isGone(Worker worker, Instant now) {
    boolean left = worker.draining() && worker.inFlight() == 0 && worker.silent();
    return left || worker.at().plus(GONE_AFTER).isBefore(now);
  }
}
