package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call that was taken from the plan. One that succeeds is forgotten when its end is read from the log;
/// one that does not is kept, in a few bytes, because it may be run again. So the calls kept of a run are
/// bounded by its concurrency and its failures.
///
/// @param granted attempts it may send in this epoch, 0 for a call that is skipped unreleased
/// @param reserved what is held for this epoch until its end is known; of an ended call, what it may yet
///     cost when a worker had it that had not heard of its end
/// @param attempt the attempt under way, 0 before the start
/// @param stopAt when it is ended by force, because its run stops or it was cancelled
/// @param dueAt when the sweeper has to look at it, null for never
/// @param lane the lane that it waits in or holds a slot of, null for the one named like its provider
/// @param resent whether it was sent again, since it was opened last, because its worker was lost; null in
///     the state of older builds, where only that raised the epoch
/// @param cancel why somebody asked for its end, null when nobody did; an ended call comes back then only
///     when it is asked for itself
/// @param round of an ended call: the requests to run all failed calls again that came before its end
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
  @Nullable String lane,
  @Nullable Boolean resent,
  @Nullable String cancel,
  @Nullable Integer round
) {
  /// How long the sweeper leaves the inner rings to end a call that is past its time.
  static final Duration GRACE = Duration.ofSeconds(2);

  /// A worker that was not heard of for so long is lost.
  static final Duration SILENCE = Duration.ofSeconds(10);

  /// A worker that was not heard of for so long, though it beats each half second, is not waited for at
  /// a deadline.
  static final Duration QUIET = Duration.ofSeconds(1);

  /// Where the call stands.
  enum Status {
    /// It waits in the run's [ReadyQueue].
    READY,
    /// It waits in its lane.
    RELEASED,
    /// It is on its way to a worker.
    DISPATCHED,
    /// A worker has it.
    STARTED,
    /// An event that ends this epoch was appended and not yet read back.
    ENDING,
    /// It ended without success.
    ENDED,
    /// It was asked for again, and what it works on does not exist yet.
    WAITING,
    /// It succeeded before the cursor of the plan came to it, and is kept until the cursor has passed.
    PASSED;

    /// Whether nobody works on it and nothing of it is about to be read.
    boolean rests() {
      return switch (this) {
        case READY, ENDED, WAITING, PASSED -> true;
        case RELEASED, DISPATCHED, STARTED, ENDING -> false;
      };
    }
  }

  static CallProgress released(
    PlannedCall call,
    @Nullable String lane,
    int epoch,
    int granted,
    Charge reserved
  ) {
    return of(call.callId(), call.index(), epoch, Status.RELEASED, granted, reserved, lane, null);
  }

  static CallProgress ready(PlannedCall call, int epoch) {
    return of(call.callId(), call.index(), epoch, Status.READY, 0, Charge.NONE, null, null);
  }

  static CallProgress skipping(PlannedCall call, int epoch) {
    return of(call.callId(), call.index(), epoch, Status.ENDING, 0, Charge.NONE, null, null);
  }

  private static CallProgress of(
    CallId callId,
    int index,
    int epoch,
    Status status,
    int granted,
    Charge reserved,
    @Nullable String lane,
    @Nullable Integer round
  ) {
    return new CallProgress(
      callId,
      index,
      epoch,
      status,
      granted,
      reserved,
      0,
      null,
      null,
      null,
      null,
      null,
      null,
      lane,
      false,
      null,
      round
    );
  }

  CallProgress dispatched(Instant latestStart) {
    return change(draft -> {
      draft.status = Status.DISPATCHED;
      draft.startBy = latestStart;
    }).watched(Instant.MIN);
  }

  CallProgress started(String worker, Instant at, Instant deadline) {
    return change(draft -> {
      draft.status = Status.STARTED;
      draft.attempt = 1;
      draft.workerId = worker;
      draft.startBy = null;
      draft.startedAt = at;
      draft.deadlineAt = deadline;
    }).watched(at);
  }

  CallProgress inAttempt(int number) {
    return change(draft -> draft.attempt = number);
  }

  /// The earliest of several times counts.
  CallProgress stoppedAt(Instant at) {
    Instant first = Objects.requireNonNull(earliest(stopAt, at));
    return change(draft -> {
      draft.stopAt = first;
      draft.dueAt = earliest(dueAt, first);
    });
  }

  CallProgress cancelled(String reason) {
    return change(draft -> draft.cancel = reason);
  }

  CallProgress sentAgain() {
    return change(draft -> draft.resent = true);
  }

  boolean wasSentAgain() {
    return resent == null ? epoch > 1 : resent;
  }

  CallProgress ending() {
    return change(draft -> {
      draft.status = Status.ENDING;
      draft.dueAt = null;
    });
  }

  /// @param open what it may yet cost
  CallProgress ended(int rounds, Charge open) {
    return of(callId, index, epoch, Status.ENDED, 0, open, null, rounds);
  }

  /// An ended call that will not cost anything more.
  CallProgress closed() {
    CallProgress closed = of(callId, index, epoch, Status.ENDED, 0, Charge.NONE, null, round);
    return cancel == null ? closed : closed.cancelled(cancel);
  }

  CallProgress waiting() {
    return of(callId, index, epoch, Status.WAITING, 0, Charge.NONE, null, null);
  }

  CallProgress passed() {
    return of(callId, index, epoch, Status.PASSED, 0, Charge.NONE, null, null);
  }

  /// The same call with the time at which it has to be looked at next.
  ///
  /// @param seenAt when its worker was last heard of
  CallProgress watched(Instant seenAt) {
    Instant due = switch (status) {
      case RELEASED -> stopAt;
      case DISPATCHED -> earliest(stopAt, plus(startBy, GRACE));
      case STARTED -> earliest(stopAt, timeOutAt(seenAt), plus(lastSignOfLife(seenAt), SILENCE));
      case READY, ENDING, ENDED, WAITING, PASSED -> null;
    };
    return change(draft -> draft.dueAt = due);
  }

  /// When the sweeper ends the call by its deadline: then, if its worker is quiet; else after the time
  /// that the inner rings are left. Null before the start.
  ///
  /// @param seenAt when its worker was last heard of
  @Nullable
  Instant timeOutAt(Instant seenAt) {
    if (deadlineAt == null) {
      return null;
    }
    Instant quiet = lastSignOfLife(seenAt).plus(QUIET);
    Instant unheard = quiet.isAfter(deadlineAt) ? quiet : deadlineAt;
    return earliest(unheard, deadlineAt.plus(GRACE));
  }

  /// A start is a sign of life too: the worker's first heartbeat may be younger.
  Instant lastSignOfLife(Instant seenAt) {
    return startedAt == null || seenAt.isAfter(startedAt) ? seenAt : startedAt;
  }

  private static @Nullable Instant plus(@Nullable Instant time, Duration grace) {
    return time == null ? null : time.plus(grace);
  }

  private static @Nullable Instant earliest(@Nullable Instant... times) {
    return Stream.of(times).filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
  }

  private CallProgress change(Consumer<CallDraft> change) {
    CallDraft draft = new CallDraft(this);
    change.accept(draft);
    return draft.freeze();
  }
}
