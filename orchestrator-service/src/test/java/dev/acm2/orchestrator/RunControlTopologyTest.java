package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ControlCommand.CancelCall;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunControlTopologyTest {

  private static final RunId RUN = Facts.runId(1);
  private static final String MODEL = "openai:gpt-5-mini";

  private final TopologyBench bench = new TopologyBench(
    Map.of("openai", new LaneLimits(2, null, null, true))
  );

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void shouldReleaseNothingOfAPausedRunAlsoAcrossARestart() {
    request(Specs.run(5, 1, MODEL));
    bench.append(RUN, new RunPauseRequested("lunch"));

    bench.work.forEach(bench::fail);
    bench.restart();
    bench.pass(Duration.ofMinutes(20));
    assertThat(bench.work).hasSize(2);
    assertThat(bench.logged(CallSkipped.class)).isEmpty();
    bench.append(RUN, new RunResumeRequested("back"));

    assertThat(bench.work).hasSize(4);
    assertThat(bench.work.getLast().startBy()).isEqualTo(bench.now().plus(Duration.ofMinutes(10)));
  }

  @Test
  void shouldEndACallThatWaitsInItsLaneAtOnce() {
    request(Specs.run(4, 1, MODEL));
    RunPlan plan = new RunPlan(RUN, Specs.run(4, 1, MODEL));

    bench.append(RUN, new CallCancelRequested(plan.call(2).callId(), "not this one"));

    assertThat(bench.logged(CallSkipped.class))
      .singleElement()
      .matches(skip -> skip.reason() == CallSkipped.Reason.CALL_CANCELLED)
      .matches(skip -> skip.callId().equals(plan.call(2).callId()));
    workOff(0);
    assertThat(bench.work).extracting(WorkItem::callId).doesNotContain(plan.call(2).callId());
    assertThat(bench.work).hasSize(3);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
  }

  @Test
  void shouldTellTheWorkersOfACancelledCallAndFreeItsSlot() {
    request(Specs.run(3, 1, MODEL));
    WorkItem first = bench.work.getFirst();
    bench.start(first);

    bench.append(RUN, new CallCancelRequested(first.callId(), "not this one"));
    assertThat(bench.control).containsExactly(
      new CancelCall(RUN, first.callId(), 1, "not this one")
    );
    bench.pass(Duration.ofSeconds(6));

    assertThat(bench.logged(CallCancelled.class)).hasSize(1);
    assertThat(bench.work).hasSize(3);
  }

  @Test
  void shouldRunFailedCallsOfAFinishedRunAgainAfterARestart() {
    request(Specs.run(4, 1, MODEL));
    bench.fail(bench.work.get(0));
    bench.fail(bench.work.get(1));
    workOff(2);
    assertThat(bench.size(RunStores.ENDED)).isEqualTo(2);
    assertThat(bench.size(RunStores.SPECS)).isEqualTo(1);
    bench.restart();

    bench.append(RUN, retry());
    bench.append(RUN, retry());
    workOff(4);

    assertThat(bench.work).hasSize(6);
    assertThat(bench.work.subList(4, 6)).allMatch(item -> item.epoch() == 2);
    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.COMPLETED_WITH_ERRORS, Outcome.COMPLETED);
    for (String store : List.of(
      RunStores.SPECS,
      RunStores.CALLS,
      RunStores.RESTING,
      RunStores.ENDED,
      RunStores.READY,
      RunStores.DUES,
      LaneStores.QUEUE,
      LaneStores.CALLS
    )) {
      assertThat(bench.size(store)).as(store).isZero();
    }
  }

  @Test
  void shouldIgnoreWhatPeopleAskOfARunThatIsOver() {
    request(Specs.run(2, 1, MODEL));
    workOff(0);
    int logged = bench.log.size();

    bench.append(RUN, retry());
    bench.append(RUN, new RunPauseRequested("lunch"));
    bench.append(RUN, new RunResumeRequested("back"));
    bench.append(RUN, new CallCancelRequested(bench.work.getFirst().callId(), "late"));

    assertThat(bench.log).hasSize(logged);
    assertThat(bench.work).hasSize(2);
  }

  @Test
  void shouldKeepAJudgedRunForPhasesThatAreRunAnewUntilItIsDeleted() {
    // given: a judged run whose documents were never written, as no model of it has a price
    RunSpec spec = EvaluatedSpecs.of(2, 1, 1, 1, 2, RunSpec.Order.BOTH, 1, false);
    request(spec);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    bench.restart();
    // when: it is scored anew
    int skipped = bench.logged(CallSkipped.class).size();
    bench.append(RUN, again());
    // then: nothing can be scored, and every call of the new pass says so
    int later = new RunPlan(RUN, spec).layout().size() - new RunPlan(RUN, spec).size();
    assertThat(bench.logged(CallSkipped.class).subList(skipped, skipped + later))
      .hasSize(later)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.DEPENDENCY_FAILED && skip.epoch() > 1);
    assertThat(bench.logged(RunFinished.class)).hasSize(2);
    assertThat(bench.size(RunStores.SOURCES)).isEqualTo(2);
    // when
    bench.append(RUN, new RunDeleted("a mistake"));
    bench.restart();
    int logged = bench.log.size();
    bench.append(RUN, again());
    bench.append(RUN, retry());
    // then
    assertThat(bench.log).hasSize(logged);
    for (String store : List.of(
      RunStores.SPECS,
      RunStores.SOURCES,
      RunStores.CALLS,
      RunStores.RESTING,
      RunStores.ENDED
    )) {
      assertThat(bench.size(store)).as(store).isZero();
    }
  }

  private RunRetryRequested again() {
    Instant deadline = bench.now().plus(Duration.ofHours(2));
    return new RunRetryRequested(null, null, null, deadline, "again", Phase.SINGLE_EVAL);
  }

  @Test
  void shouldGiveACancelledRunThatIsOpenedAgainItsNewDeadline() {
    request(Specs.run(3, 1, MODEL));
    bench.append(RUN, new RunCancelRequested("enough"));
    bench.pass(Duration.ofHours(1));
    bench.append(
      RUN,
      new RunRetryRequested(null, null, null, bench.now().plusSeconds(60), "again", null)
    );
    assertThat(bench.work).hasSize(4);

    bench.pass(Duration.ofSeconds(59));
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    bench.pass(Duration.ofSeconds(10));

    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.CANCELLED, Outcome.DEADLINE_EXCEEDED);
  }

  @Test
  void shouldSendACallAgainThatItsWorkerGaveBack() {
    request(Specs.run(1, 1, MODEL));
    WorkItem item = bench.work.getFirst();
    bench.start(item);

    bench.append(
      RUN,
      new CallHandedBack(
        item.callId(),
        1,
        1,
        CallFacts.WORKER,
        "leaving",
        CallFacts.spend(1, "0.001"),
        List.of()
      )
    );

    assertThat(bench.work).extracting(WorkItem::epoch).containsExactly(1, 2);
  }

  @Test
  void shouldSayWhatIsReservedForADispatchedCall() {
    request(Specs.run(1, 1, MODEL));

    assertThat(bench.logged(CallDispatched.class))
      .singleElement()
      .matches(event -> event.reservedUsd() != null && event.reservedUsd().nanos() > 0);
  }

  private RunRetryRequested retry() {
    return new RunRetryRequested(
      null,
      null,
      null,
      bench.now().plus(Duration.ofHours(2)),
      "again",
      null
    );
  }

  private void request(RunSpec spec) {
    bench.append(
      RUN,
      new RunRequested(
        spec,
        new RunPlan(RUN, spec).planned(),
        bench.now().plus(spec.limits().runDeadline())
      )
    );
  }

  private void workOff(int from) {
    for (int i = from; i < bench.work.size(); i++) {
      bench.start(bench.work.get(i));
      bench.succeed(bench.work.get(i));
    }
  }
}
