package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call that was taken from the plan and has not ended. It is forgotten when its end is read from the
/// log, so the calls kept of a run are bounded by its concurrency.
///
/// @param granted attempts it may send in this epoch, 0 for a call that is skipped unreleased
/// @param reserved what is held for this epoch until its end is known
/// @param attempt the attempt under way, 0 before the start
/// @param stopAt when it is ended by force, because its run stops
/// @param dueAt when the sweeper has to look at it, null for never
/// @param lane the lane that it waits in or holds a slot of, null for the one named like its provider
record CallProgress(
  CallId callId,
  int index,
  int epoch,
  Status status,
  int granted,
  Charge reserved,
  int attempt,
  @Nullable String workerId,
  @Nullable Instant startBy,
  @Nullable Instant startedAt,
  @Nullable Instant deadlineAt,
  @Nullable Instant stopAt,
  @Nullable Instant dueAt,
  @Nullable String lane
) {
  /// How long the sweeper leaves the inner rings to end a call that is past its time.
  static final Duration GRACE = Duration.ofSeconds(2);

  /// A worker that was not heard of for so long is lost.
  static final Duration SILENCE = Duration.ofSeconds(10);

  /// Where the call stands.
  enum Status {
    /// It waits in its lane.
    RELEASED,
    /// It is on its way to a worker.
    DISPATCHED,
    /// A worker has it.
    STARTED,
    /// An event that ends this epoch was appended and not yet read back.
    ENDING,
  }

  static CallProgress released(
    PlannedCall call,
    @Nullable String lane,
    int epoch,
    int granted,
    Charge reserved
  ) {
    return new CallProgress(
      call.callId(),
      call.index(),
      epoch,
      Status.RELEASED,
      granted,
      reserved,
      0,
      null,
      null,
      null,
      null,
      null,
      null,
      lane
    );
  }

  static CallProgress skipping(PlannedCall call) {
    return released(call, null, 1, 0, Charge.NONE).ending();
  }

  CallProgress dispatched(Instant latestStart) {
    return new CallProgress(
      callId,
      index,
      epoch,
      Status.DISPATCHED,
      granted,
      reserved,
      0,
      null,
      latestStart,
      null,
      null,
      stopAt,
      null,
      lane
    ).watched(Instant.MIN);
  }

  CallProgress started(String worker, Instant at, Instant deadline) {
    return new CallProgress(
      callId,
      index,
      epoch,
      Status.STARTED,
      granted,
      reserved,
      1,
      worker,
      null,
      at,
      deadline,
      stopAt,
      null,
      lane
    ).watched(at);
  }

  CallProgress inAttempt(int number) {
    return new CallProgress(
      callId,
      index,
      epoch,
      status,
      granted,
      reserved,
      number,
      workerId,
      startBy,
      startedAt,
      deadlineAt,
      stopAt,
      dueAt,
      lane
    );
  }

  CallProgress stoppedAt(Instant at) {
    return new CallProgress(
      callId,
      index,
      epoch,
      status,
      granted,
      reserved,
      attempt,
      workerId,
      startBy,
      startedAt,
      deadlineAt,
      at,
      dueAt,
      lane
    ).withDue(earliest(dueAt, at));
  }

  CallProgress ending() {
    return new CallProgress(
      callId,
      index,
      epoch,
      Status.ENDING,
      granted,
      reserved,
      attempt,
      workerId,
      startBy,
      startedAt,
      deadlineAt,
      stopAt,
      null,
      lane
    );
  }

  /// The same call with the time at which it has to be looked at next.
  ///
  /// @param seenAt when its worker was last heard of
  CallProgress watched(Instant seenAt) {
    return withDue(
      switch (status) {
        case RELEASED -> stopAt;
        case DISPATCHED -> earliest(stopAt, plus(startBy, GRACE));
        case STARTED -> earliest(
          stopAt,
          plus(deadlineAt, GRACE),
          plus(lastSignOfLife(seenAt), SILENCE)
        );
        case ENDING -> null;
      }
    );
  }

  /// A start is a sign of life too: the worker's first heartbeat may be younger.
  Instant lastSignOfLife(Instant seenAt) {
    return startedAt == null || seenAt.isAfter(startedAt) ? seenAt : startedAt;
  }

  private CallProgress withDue(@Nullable Instant due) {
    return new CallProgress(
      callId,
      index,
      epoch,
      status,
      granted,
      reserved,
      attempt,
      workerId,
      startBy,
      startedAt,
      deadlineAt,
      stopAt,
      due,
      lane
    );
  }

  private static @Nullable Instant plus(@Nullable Instant time, Duration grace) {
    return time == null ? null : time.plus(grace);
  }

  private static @Nullable Instant earliest(@Nullable Instant... times) {
    return Stream.of(times).filter(java.util.Objects::nonNull).min(Instant::compareTo).orElse(null);
  }
}
