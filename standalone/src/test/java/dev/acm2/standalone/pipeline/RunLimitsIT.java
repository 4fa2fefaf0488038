package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How a run is kept within its limits and ended on demand.
class RunLimitsIT extends PipelineFixture {

  @Test
  void r18ShouldEndEverythingWithinSecondsOfACancel() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofMinutes(5), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(10, 4, Map.of("concurrency", 5), GPT));
    api.await(runId, run -> run.stats().inFlight() == 5);
    // when
    assertThat(api.cancel(runId)).isEqualTo(202);
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.stats().cancelled()).isEqualTo(5);
    assertThat(run.stats().skipped()).isEqualTo(35);
    assertThat(simulator.ledger().count()).isEqualTo(5);
    assertThat(api.cancel(runId)).as("cancel of a finished run").isEqualTo(409);
    assertVerified(runId);
  }

  @Test
  void shouldStopAtTheLimitOfPaidCallsToTheCall() {
    // given
    simulator.always("gpt-5.1", Fault.SERVER_ERROR);
    Map<String, ?> limits = Map.of("maxPaidCalls", 7, "maxAttempts", 3, "concurrency", 20);
    // when
    RunId runId = api.submit(Submissions.run(5, 4, limits, GPT));
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(simulator.ledger().count()).isEqualTo(7);
    assertThat(run.stats().attempts()).isEqualTo(7);
  }

  @Test
  void shouldTakeADoubleClickForOneRun() {
    Map<String, Object> submission = Submissions.run(1, 1, Map.of(), GPT);

    RunId first = api.submit(submission, "one-click");
    RunId second = api.submit(submission, "one-click");

    assertThat(second).isEqualTo(first);
    api.awaitFinished(first);
    assertThat(simulator.ledger().count()).isEqualTo(1);
  }
}
