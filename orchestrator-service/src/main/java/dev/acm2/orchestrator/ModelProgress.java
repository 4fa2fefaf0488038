package dev.acm2.orchestrator;

import dev.acm2.contract.Usd;
import dev.acm2.orchestrator.Breaker.Status;
import org.jspecify.annotations.Nullable;

/// How far a run has come with one of its models.
///
/// @param passedOver index of the model's first call that the cursor of the run passed over because it
/// might not be sent, null when there is none. All further calls of the model are found from there.
/// @param underWay released calls that have not ended
/// @param verdict why the run gave the model up, null when it did not
/// @param outOfTurn calls that the cursor has not come to and that were taken all the same, null for none
/// @param line the model's calls in the [ReadyQueue], null for none
/// @param ended what the model's ended calls have cost, null as long as that is known of none
record ModelProgress(
  @Nullable Integer passedOver,
  int underWay,
  Breaker breaker,
  @Nullable String verdict,
  @Nullable Integer outOfTurn,
  @Nullable Line line,
  @Nullable Ended ended
) {
  static final ModelProgress FRESH = new ModelProgress(
    null,
    0,
    Breaker.FRESH,
    null,
    null,
    null,
    null
  );

  /// A model's places in the ready queue.
  ///
  /// @param head the first place that may be taken
  /// @param tail the next place to be given away
  /// @param waiting calls that wait; fewer than places, when some have left out of turn
  record Line(int head, int tail, int waiting) {
    static final Line EMPTY = new Line(0, 0, 0);

    boolean empty() {
      return head == tail;
    }
  }

  /// Calls that have ended and whose cost is known.
  record Ended(int calls, Usd costUsd) {
    Ended plus(Usd cost) {
      return new Ended(calls + 1, costUsd.plus(cost));
    }

    Usd average() {
      return new Usd(costUsd.nanos() / calls);
    }
  }

  boolean admits(BreakerRules rules) {
    return breaker.admits(underWay, rules);
  }

  boolean givenUp() {
    return breaker.status() == Status.GIVEN_UP;
  }

  int takenOutOfTurn() {
    return outOfTurn == null ? 0 : outOfTurn;
  }

  Line ready() {
    return line == null ? Line.EMPTY : line;
  }

  @Nullable
  Usd averageCost() {
    return ended == null ? null : ended.average();
  }

  ModelProgress withPassedOver(@Nullable Integer index) {
    return new ModelProgress(index, underWay, breaker, verdict, outOfTurn, line, ended);
  }

  ModelProgress with(Breaker changed) {
    return new ModelProgress(passedOver, underWay, changed, verdict, outOfTurn, line, ended);
  }

  ModelProgress with(Line changed) {
    Line kept = changed.empty() ? null : changed;
    return new ModelProgress(passedOver, underWay, breaker, verdict, outOfTurn, kept, ended);
  }

  /// Never below 0, also for calls that were released before they were counted.
  ModelProgress moreUnderWay(int change) {
    int now = Math.max(0, underWay + change);
    return new ModelProgress(passedOver, now, breaker, verdict, outOfTurn, line, ended);
  }

  ModelProgress moreOutOfTurn(int change) {
    int now = takenOutOfTurn() + change;
    Integer kept = now == 0 ? null : now;
    return new ModelProgress(passedOver, underWay, breaker, verdict, kept, line, ended);
  }

  ModelProgress moreEnded(Usd cost) {
    Ended more = ended == null ? new Ended(1, cost) : ended.plus(cost);
    return new ModelProgress(passedOver, underWay, breaker, verdict, outOfTurn, line, more);
  }

  ModelProgress abandoned(int from, String why) {
    return new ModelProgress(from, underWay, breaker, why, outOfTurn, line, ended);
  }

  /// As if it had not been given up, with a breaker that knows of nothing.
  ModelProgress afresh() {
    return new ModelProgress(passedOver, underWay, Breaker.FRESH, null, outOfTurn, line, ended);
  }

  /// What is kept when the run has finished.
  ModelProgress remains() {
    return new ModelProgress(null, 0, Breaker.FRESH, null, null, null, ended);
  }
}
