package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.retried;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneReportsTest {

  private static final String MODEL = "openai:gpt-5-mini";
  private static final Duration DELAY = Duration.ofSeconds(17);

  @Test
  void shouldCountTheRequestOfARetryOnce() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
    var event = retried(call, 2, FailureKind.NETWORK, DELAY);

    bench.given(started(call, bench.now), event, event);

    assertThat(bench.told(LaneCommand.CountRequest.class)).containsExactly(
      new LaneCommand.CountRequest(
        bench.runId,
        call.callId(),
        bench.now.plus(DELAY),
        1,
        20 + call.tokens()
      )
    );
    assertThat(bench.told(LaneCommand.Block.class)).isEmpty();
  }

  @Test
  void shouldBlockTheLaneAsLongAsARateLimitedCallWaits() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);

    bench.given(started(call, bench.now), retried(call, 2, FailureKind.RATE_LIMITED, DELAY));

    assertThat(bench.told(LaneCommand.Block.class)).containsExactly(
      new LaneCommand.Block(bench.runId, call.callId(), bench.now.plus(DELAY))
    );
  }

  @Test
  void shouldBlockTheLaneBeforeARateLimitedCallFreesItsSlot() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);

    bench.given(
      started(call, bench.now),
      failed(call, FailureKind.RATE_LIMITED, spend(1, "0.001"))
    );

    assertThat(bench.told(LaneCommand.class)).containsExactly(
      call,
      new LaneCommand.Block(
        bench.runId,
        call.callId(),
        bench.now.plus(LaneReports.PAUSE_AFTER_FAILURE)
      ),
      new LaneCommand.Free(bench.runId, call.callId(), 1, false, 20L)
    );
  }

  @Test
  void shouldBlockTheLaneAsLongAsTheProviderOfAFailedCallAsked() {
    for (FailureKind kind : List.of(FailureKind.RATE_LIMITED, FailureKind.OVERLOADED)) {
      RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
      LaneCommand.Enqueue call = bench.released(0);

      bench.given(started(call, bench.now), failed(call, kind, DELAY));

      assertThat(bench.told(LaneCommand.Block.class)).containsExactly(
        new LaneCommand.Block(bench.runId, call.callId(), bench.now.plus(DELAY))
      );
    }
  }

  @Test
  void shouldNotBlockTheLaneForAFailureThatSaysNothingAboutIt() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);

    bench.given(started(call, bench.now), failed(call, FailureKind.OVERLOADED, spend(1, "0.001")));

    assertThat(bench.told(LaneCommand.Block.class)).isEmpty();
  }

  @Test
  void shouldTellTheLaneWhatTheCallUsed() {
    RunBench bench = RunBench.requested(Specs.run(3, 1, MODEL));
    LaneCommand.Enqueue sent = bench.released(0);
    LaneCommand.Enqueue skipped = bench.released(1);
    LaneCommand.Enqueue unknown = bench.released(2);

    bench.given(started(sent, bench.now), failed(sent, spend(2, "0.001")));
    bench.given(CallFacts.refused(skipped));
    bench.given(started(unknown, bench.now), CallFacts.cancelled(unknown, null));

    assertThat(bench.told(LaneCommand.Free.class))
      .extracting(LaneCommand.Free::tokens)
      .containsExactly(20L, 0L, null);
  }

  @Test
  void shouldSendACallThroughTheLaneOfItsModelWhenThereIsOne() {
    RunBench bench = new RunBench(
      dev.acm2.testkit.Facts.runId(1),
      Specs.run(1, 1, MODEL, "openai:gpt-5")
    ).configured("openai", MODEL);
    bench.append(bench.request());

    bench.readAll();

    assertThat(lanes(bench)).containsExactly(MODEL, "openai");
  }

  @Test
  void shouldFreeTheSlotOfTheLaneThatTheCallWasSentTo() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);

    bench.configured("openai", MODEL).given(started(call, bench.now), new RunCancelRequested("x"));
    bench.given(CallFacts.cancelled(call, spend(1, "0.001")));

    assertThat(lanes(bench)).containsExactly("openai", "openai", MODEL, "openai");
    assertThat(bench.told(LaneCommand.DropRun.class)).hasSize(2);
  }

  private static List<String> lanes(RunBench bench) {
    return bench.decisions
      .stream()
      .filter(Decision.Instruct.class::isInstance)
      .map(decision -> ((Decision.Instruct) decision).lane())
      .toList();
  }
}
