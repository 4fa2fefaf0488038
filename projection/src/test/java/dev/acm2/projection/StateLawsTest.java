package dev.acm2.projection;

import static dev.acm2.projection.Folded.RUN;
import static dev.acm2.projection.Folded.fold;
import static dev.acm2.projection.Folded.foldAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventType;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.contract.RunSpec;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.testkit.JudgedRun;
import dev.acm2.testkit.RandomRun;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of the states of runs and calls, at every version of many random runs.
class StateLawsTest {

  static LongStream seeds() {
    return Folded.seeds();
  }

  /// What has been asked for, told apart from the fold that is tested.
  private static final class Asked {

    private boolean paused;
    private boolean cancelled;
    private boolean finished;
    private boolean pausedNext;
    private boolean cancelledNext;
    private boolean archived;
    private boolean deleted;
    private @Nullable Phase anewFrom;

    void hear(RecordedEvent recorded) {
      switch (recorded.event()) {
        case RunPauseRequested _ -> {
          paused = !finished && !cancelled;
          pausedNext = true;
        }
        case RunResumeRequested _ -> {
          paused = false;
          pausedNext = false;
        }
        case RunCancelRequested _ -> {
          cancelled = cancelled || !finished;
          paused = false;
          cancelledNext = true;
        }
        case RunFinished _ -> {
          finished = true;
          paused = false;
        }
        case RunRetryRequested retry -> {
          pausedNext = false;
          cancelledNext = false;
          anewFrom = earlier(anewFrom, retry.from());
        }
        case RunArchived _ -> archived = !deleted || archived;
        case RunUnarchived _ -> archived = deleted && archived;
        case RunDeleted _ -> deleted = deleted || finished;
        case CallQueued queued when queued.epoch() > 1 && finished -> {
          finished = false;
          cancelled = cancelledNext;
          paused = pausedNext && !cancelledNext;
        }
        default -> {
        }
      }
    }

    private static @Nullable Phase earlier(@Nullable Phase a, @Nullable Phase b) {
      return a == null || (b != null && b.compareTo(a) < 0) ? b : a;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldBePausedFromAPauseToAResumeOnly(long seed) {
    Asked asked = new Asked();
    RunProjection end = fold(RandomRun.log(seed, RUN, 2), change -> {
      asked.hear(change.recorded());
      RunStatus status = change.after().status();
      assertThat(status == RunStatus.PAUSED).isEqualTo(asked.paused);
      assertThat(status == RunStatus.FINISHED).isEqualTo(asked.finished);
      assertThat(status == RunStatus.CANCELLING).isEqualTo(asked.cancelled && !asked.finished);
      assertThat(change.after().outcome() == null).isEqualTo(!asked.finished);
      assertThat(change.after().finishedAt() == null).isEqualTo(!asked.finished);
      assertThat(change.after().message() == null).isEqualTo(!asked.finished);
    });

    assertThat(Objects.requireNonNull(end.run()).status()).isEqualTo(RunStatus.FINISHED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldShowTheLimitsAsTheyWereRaisedLast(long seed) {
    fold(RandomRun.log(seed, RUN, 2), change -> {
      if (change.recorded().event() instanceof RunRetryRequested retry) {
        Limits before = limits(Objects.requireNonNull(change.before()));
        Limits after = limits(change.after());
        assertThat(after.maxPaidCalls()).isEqualTo(
          Objects.requireNonNullElse(retry.maxPaidCalls(), before.maxPaidCalls())
        );
        assertThat(after.maxCostUsd()).isEqualTo(
          Objects.requireNonNullElse(retry.maxCostUsd(), before.maxCostUsd())
        );
        if (EnumSet.of(RunStatus.RUNNING, RunStatus.PAUSED).contains(change.after().status())) {
          assertThat(change.after().deadlineAt()).isAfterOrEqualTo(retry.deadlineAt());
        }
      } else if (!(change.recorded().event() instanceof RunRequested)) {
        assertThat(change.after().spec()).isEqualTo(Objects.requireNonNull(change.before()).spec());
      }
    });
  }

  /// Only its money and its history still count.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotMoveACallByWhatAnOlderEpochSays(long seed) {
    foldAll(seed, change -> {
      CallView before = change.callBefore();
      if (
        before != null &&
        !change.after().deleted() &&
        change.recorded().event() instanceof CallEvent event &&
        event.epoch() < before.epoch()
      ) {
        CallView after = Objects.requireNonNull(change.callAfter());
        assertThat(after)
          .usingRecursiveComparison()
          .ignoringFields(
            "usage",
            "costUsd",
            "attempts",
            "artifacts",
            "late",
            "spendByEpoch",
            "version"
          )
          .isEqualTo(before);
        assertThat(after.late().size() - before.late().size()).isEqualTo(
          event instanceof CallEnded ? 1 : 0
        );
      }
    });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldBeArchivedUntilItIsTakenOut(long seed) {
    Asked asked = new Asked();
    fold(RandomRun.log(seed, RUN, 2), change -> {
      asked.hear(change.recorded());
      assertThat(change.after().archived()).isEqualTo(asked.archived);
      assertThat(change.after().deleted()).isFalse();
    });
  }

  /// Nothing moves it again, and it has no calls and no specification.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldBeDeletedForGoodOnceItHasFinished(long seed) {
    Asked asked = new Asked();
    RunProjection end = fold(RandomRun.deletedLog(seed, RUN, 2), change -> {
      RunView before = change.before();
      asked.hear(change.recorded());
      assertThat(change.after().deleted()).isEqualTo(asked.deleted);
      if (before != null && before.deleted()) {
        assertThat(change.after()).isSameAs(before);
        assertThat(change.all().calls()).isEmpty();
      }
    });

    assertThat(Objects.requireNonNull(end.run()).deleted()).isTrue();
    assertThat(end.run().spec()).isNull();
  }

  /// And what it had given is gone as soon as it is left.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldLeaveASuccessOnlyWhenItsPhaseIsRunAnew(long seed) {
    Asked asked = new Asked();
    fold(JudgedRun.anewLog(seed, RUN, 1), change -> {
      asked.hear(change.recorded());
      CallView before = change.callBefore();
      CallView after = change.callAfter();
      if (before != null && after != null && before.state() == CallState.OK) {
        boolean left = after.epoch() > before.epoch();
        Phase phase = Objects.requireNonNull(before.phase());
        boolean anew = asked.anewFrom != null && asked.anewFrom.compareTo(phase) <= 0;
        boolean opens =
          change.recorded().event() instanceof CallQueued ||
          change.recorded().event() instanceof CallSkipped;
        assertThat(left).isEqualTo(after.state() != CallState.OK);
        assertThat(left && !(anew && opens)).isFalse();
        assertThat(after.result() == null && after.output() == null).isEqualTo(left);
        assertThat(after.replacedEpochs().contains(before.epoch())).isEqualTo(left);
      }
    });
    assertThat(asked.anewFrom).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNeverLeaveASuccessAgain(long seed) {
    fold(RandomRun.log(seed, RUN, 3), change -> {
      CallView before = change.callBefore();
      if (before != null && before.state() == CallState.OK) {
        assertThat(Objects.requireNonNull(change.callAfter()).state()).isEqualTo(CallState.OK);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldShowProgressOfTheAttemptUnderWayOnly(long seed) {
    foldAll(seed, change ->
      assertThat(change.all().calls())
        .filteredOn(call -> call.progress() != null)
        .allMatch(call -> call.state() == CallState.IN_FLIGHT)
    );
  }

  /// The laws would say nothing of what no random run contains.
  @Test
  void shouldHaveSeenEveryKindOfEvent() {
    Set<EventType> seen = EnumSet.noneOf(EventType.class);
    seeds().forEach(seed ->
      Folded.logs(seed).forEach(log -> log.forEach(event -> seen.add(EventType.of(event.event()))))
    );

    assertThat(seen).containsExactlyInAnyOrderElementsOf(Arrays.asList(EventType.values()));
  }

  private static Limits limits(RunView run) {
    RunSpec spec = Objects.requireNonNull(run.spec());
    return spec.limits();
  }
}
