package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.testkit.Facts;
import org.junit.jupiter.api.Test;

class LaneHoldTest {

  private final LaneScript lane = new LaneScript(new LaneLimits(2, null, null, true));

  @Test
  void shouldReleaseNothingOfAHeldRunUntilItGoesOn() {
    lane.enqueue(1, 4).hold(1);

    lane.end(true).end(true).pass(60_000);
    assertThat(lane.inFlight).isEmpty();
    assertThat(lane.waiting()).isEqualTo(2);
    lane.goOn(1);

    assertThat(lane.numbersInFlight()).containsExactly(3, 4);
  }

  @Test
  void shouldHoldCallsThatComeLater() {
    lane.hold(1).enqueue(1, 2).enqueueLater(1, 1000);

    lane.pass(5_000);
    assertThat(lane.inFlight).isEmpty();
    lane.goOn(1);

    assertThat(lane.numbersInFlight()).containsExactly(1, 2);
  }

  @Test
  void shouldGiveTheSlotsOfAHeldRunToOthers() {
    lane.enqueue(1, 4).hold(1).enqueue(2, 2);

    lane.end(true).end(true);

    assertThat(lane.inFlight).allMatch(call -> call.runId().equals(Facts.runId(2)));
    assertThat(lane.inFlight).hasSize(2);
  }

  @Test
  void shouldNotLetAHeldRunSaveUpTurns() {
    LaneScript one = new LaneScript(new LaneLimits(1, null, null, true)).enqueue(1, 40).hold(1);
    one.enqueue(2, 100);
    for (int i = 0; i < 50; i++) {
      one.end(true);
    }

    one.goOn(1);
    int ofFirst = 0;
    for (int i = 0; i < 20; i++) {
      one.end(true);
      ofFirst += one.inFlight.getFirst().runId().equals(Facts.runId(1)) ? 1 : 0;
    }

    assertThat(ofFirst).isBetween(9, 11);
  }

  @Test
  void shouldForgetAHoldWhenTheRunIsDroppedOrGoesOn() {
    lane.hold(1).drop(1);
    assertThat(lane.knowsNothing()).isTrue();
    lane.hold(1).hold(1).goOn(1).goOn(1);
    assertThat(lane.knowsNothing()).isTrue();

    lane.enqueue(1, 1);

    assertThat(lane.inFlight).hasSize(1);
  }

  @Test
  void shouldTakeAWaitingCallOutAndKeepTheOrderOfTheOthers() {
    lane.enqueue(1, 6);

    lane.dropCall(1, 5).dropCall(1, 3).dropCall(1, 5);
    lane.end(true).end(true);

    assertThat(lane.ended).containsExactly(5, 3);
    assertThat(lane.numbersInFlight()).containsExactly(4, 6);
    lane.end(true).end(true);
    assertThat(lane.knowsNothing()).isTrue();
  }

  @Test
  void shouldTakeACallOutThatWaitsForItsTime() {
    lane.enqueueLater(1, 1000).enqueueLater(1, 1000);

    lane.dropCall(1, 1).pass(2_000);

    assertThat(lane.ended).containsExactly(1);
    assertThat(lane.numbersInFlight()).containsExactly(2);
  }

  @Test
  void shouldLeaveAReleasedCallToItsWorker() {
    lane.enqueue(1, 3);

    lane.dropCall(1, 1);

    assertThat(lane.ended).isEmpty();
    assertThat(lane.numbersInFlight()).containsExactly(1, 2);
  }

  @Test
  void shouldTakeCallsOutOfAHeldRun() {
    lane.hold(1).enqueue(1, 3);

    lane.dropCall(1, 1).goOn(1);

    assertThat(lane.ended).containsExactly(1);
    assertThat(lane.numbersInFlight()).containsExactly(2, 3);
  }
}
