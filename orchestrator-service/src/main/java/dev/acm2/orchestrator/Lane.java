package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits.Priority;
import dev.acm2.contract.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who is next in a lane. Its size grows with the runs that have calls in the lane, not with the calls.
///
/// Law: of the runs with waiting calls, the highest class is served first; inside a class each run gets
/// its share by weight; inside a run the calls keep their order. A run that comes back after a pause
/// starts at the time of the others: it has saved up nothing and has lost nothing. Nothing of a held run
/// is released.
///
/// @param sent releases so far
/// @param clocks virtual time of each class: the pass of the run that was served last
/// @param runs those with waiting or released calls, and those that are held
/// @param throttle null as long as nothing has held the lane back
/// @param delayed calls whose turn may not come yet, null for none
/// @param override limits that were set in place of the configured ones, null for none
record Lane(
  int inFlight,
  long sent,
  Map<Priority, Long> clocks,
  List<LaneRun> runs,
  @Nullable Throttle throttle,
  @Nullable List<LaneCommand.Enqueue> delayed,
  @Nullable LaneLimits override
) {
  /// Divisible by every weight up to 10, and by most up to 100.
  private static final long STRIDE = 2_520_000_000L;

  static final Lane EMPTY = new Lane(0, 0, Map.of(), List.of(), null, null, null);

  /// A run's standing in the lane.
  ///
  /// @param pass virtual time; the lowest is served next
  /// @param head number of its first waiting call
  /// @param tail number that its next call will get
  /// @param held whether its calls have to wait, null for no
  record LaneRun(
    RunId runId,
    Priority priority,
    int weight,
    long pass,
    long head,
    long tail,
    int inFlight,
    @Nullable Boolean held
  ) {
    boolean waits() {
      return head < tail;
    }

    boolean onHold() {
      return Boolean.TRUE.equals(held);
    }
  }

  /// What holds the lane back.
  Throttle pace() {
    return throttle == null ? Throttle.OPEN : throttle;
  }

  List<LaneCommand.Enqueue> waitingForTheirTime() {
    return delayed == null ? List.of() : delayed;
  }

  Lane delaying(List<LaneCommand.Enqueue> calls) {
    return new Lane(
      inFlight,
      sent,
      clocks,
      runs,
      throttle,
      calls.isEmpty() ? null : List.copyOf(calls),
      override
    );
  }

  boolean hasRoom(LaneLimits limits) {
    return inFlight < pace().concurrency(limits);
  }

  Lane paced(Throttle pace) {
    return new Lane(
      inFlight,
      sent,
      clocks,
      runs,
      pace.equals(Throttle.OPEN) ? null : pace,
      delayed,
      override
    );
  }

  /// The limits in force.
  LaneLimits limits(LaneLimits configured) {
    return override == null ? configured : override;
  }

  /// @param limits null for the configured ones
  Lane limitedTo(@Nullable LaneLimits limits) {
    return new Lane(inFlight, sent, clocks, runs, throttle, delayed, limits).paced(
      pace().unlearned()
    );
  }

  /// Nothing waits and nothing is under way.
  boolean isIdle() {
    return runs.isEmpty() && delayed == null;
  }

  Optional<LaneRun> find(RunId runId) {
    return runs
      .stream()
      .filter(run -> run.runId().equals(runId))
      .findFirst();
  }

  /// The run whose first waiting call is to be released next.
  Optional<LaneRun> next() {
    return runs
      .stream()
      .filter(run -> run.waits() && !run.onHold())
      .min(
        Comparator.comparing(LaneRun::priority)
          .thenComparingLong(LaneRun::pass)
          .thenComparing(LaneRun::runId)
      );
  }

  /// One more call of the run waits; its number is the run's tail before.
  Lane enqueued(LaneCommand.Enqueue call) {
    LaneRun run = find(call.runId()).orElse(
      new LaneRun(call.runId(), call.priority(), call.weight(), 0, 0, 0, 0, null)
    );
    long clock = clocks.getOrDefault(run.priority(), 0L);
    long pass = run.waits() ? run.pass() : Math.max(run.pass(), clock);
    return with(
      new LaneRun(
        run.runId(),
        run.priority(),
        run.weight(),
        pass,
        run.head(),
        run.tail() + 1,
        run.inFlight(),
        run.held()
      ),
      0
    );
  }

  /// The run's first waiting call was released.
  Lane released(LaneRun run) {
    Map<Priority, Long> moved = new EnumMap<>(Priority.class);
    moved.putAll(clocks);
    moved.put(run.priority(), run.pass());
    Lane served = with(
      new LaneRun(
        run.runId(),
        run.priority(),
        run.weight(),
        run.pass() + STRIDE / run.weight(),
        run.head() + 1,
        run.tail(),
        run.inFlight() + 1,
        run.held()
      ),
      1
    );
    return new Lane(served.inFlight, sent + 1, moved, served.runs, throttle, delayed, override);
  }

  /// A released call of the run has ended.
  Lane freed(RunId runId) {
    return change(runId, -1, run ->
      with(run, run.pass(), run.head(), run.inFlight() - 1, run.held())
    );
  }

  /// No call of the run waits any more.
  Lane dropped(RunId runId) {
    return change(runId, 0, run -> with(run, run.pass(), run.tail(), run.inFlight(), null));
  }

  /// The first of the run's waiting calls was taken out.
  Lane shortened(RunId runId) {
    return change(runId, 0, run ->
      with(run, run.pass(), run.head() + 1, run.inFlight(), run.held())
    );
  }

  Lane held(LaneCommand.HoldRun hold) {
    LaneRun run = find(hold.runId()).orElse(
      new LaneRun(hold.runId(), hold.priority(), hold.weight(), 0, 0, 0, 0, null)
    );
    return with(with(run, run.pass(), run.head(), run.inFlight(), true), 0);
  }

  Lane goesOn(RunId runId) {
    return change(runId, 0, run ->
      with(
        run,
        Math.max(run.pass(), clocks.getOrDefault(run.priority(), 0L)),
        run.head(),
        run.inFlight(),
        null
      )
    );
  }

  private static LaneRun with(
    LaneRun run,
    long pass,
    long head,
    int inFlight,
    @Nullable Boolean held
  ) {
    return new LaneRun(
      run.runId(),
      run.priority(),
      run.weight(),
      pass,
      head,
      run.tail(),
      inFlight,
      held
    );
  }

  private Lane change(RunId runId, int slots, UnaryOperator<LaneRun> change) {
    return find(runId)
      .map(run -> with(change.apply(run), slots))
      .orElse(this);
  }

  private Lane with(LaneRun run, int slots) {
    List<LaneRun> others = new ArrayList<>(runs);
    others.removeIf(other -> other.runId().equals(run.runId()));
    if (run.waits() || run.inFlight() > 0 || run.onHold()) {
      others.add(run);
    }
    return new Lane(
      inFlight + slots,
      sent,
      clocks,
      List.copyOf(others),
      throttle,
      delayed,
      override
    );
  }
}
