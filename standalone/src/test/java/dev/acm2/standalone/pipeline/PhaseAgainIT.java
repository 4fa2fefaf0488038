package dev.acm2.standalone.pipeline;

import static dev.acm2.standalone.pipeline.JudgedRuns.document;
import static dev.acm2.standalone.pipeline.JudgedRuns.stats;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.projection.SourceView;
import dev.acm2.projection.SourceView.Document;
import dev.acm2.providersimulator.JudgeOptions;
import dev.acm2.providersimulator.LedgerEntry;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The comparison of a finished run and all that follows from it, run anew while the orchestrator is
/// killed with SIGKILL: what came before is kept, and nothing of it is paid for again.
class PhaseAgainIT {

  private static final String BEST = "anthropic:claude-sonnet-4-5";
  private static final String OTHER = "openai:gpt-5-mini";
  private static final List<String> JUDGES = List.of("openai:gpt-5.1", "google:gemini-2.5-pro");
  private static final Set<Phase> KEPT = EnumSet.of(Phase.GENERATION, Phase.SINGLE_EVAL);
  private static final Set<Phase> ANEW = EnumSet.complementOf(EnumSet.copyOf(KEPT));
  private static final Map<Phase, Integer> PLANNED = Map.of(
    Phase.GENERATION,
    2 * 4,
    Phase.SINGLE_EVAL,
    2 * 4 * 2,
    Phase.PAIRWISE,
    2 * 6 * 2 * 2,
    Phase.COMBINE,
    2,
    Phase.POST_COMBINE,
    2 * 3 * 2 * 2
  );

  private Standalone acm2;
  private ServiceProcess orchestrator;
  private ProviderSimulator simulator;
  private Api api;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path temporary) {
    folder = temporary;
    JudgeOptions judges = JudgeOptions.DEFAULTS.withQuality(OTHER, 0.35)
      .withQuality(BEST, 0.8)
      .withNoise(0.04);
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data"))
        .withSimulator(
          SimulatorOptions.defaults().withLatency(Duration.ofMillis(300)).withJudges(judges)
        )
        .without(Service.ORCHESTRATOR)
    );
    orchestrator = process();
    orchestrator.awaitReady();
    simulator = Objects.requireNonNull(acm2.simulator());
    api = new Api(acm2.gatewayUrl(), Duration.ofMinutes(4));
  }

  @AfterEach
  void stop() {
    orchestrator.close();
    acm2.close();
  }

  @Test
  void shouldRunTheComparisonAnewAndKeepWhatCameBefore() {
    // given
    RunId runId = api.submit(submission());
    RunView first = api.awaitFinished(runId);
    assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(first.stats().cost().replacedUsd()).isEqualTo(Usd.ZERO);
    Map<CallId, ArtifactRef> written = generated(runId);
    long sentBefore = simulator.ledger().count();

    // when
    String retry = "/api/v1/runs/" + runId + "/retry";
    assertThat(api.post(retry, "{\"from\":\"PAIRWISE\"}")).isEqualTo(202);
    awaitSome(runId, Phase.PAIRWISE);
    assertThat(api.post(retry, "{\"from\":\"PAIRWISE\"}")).as("it runs").isEqualTo(409);
    killAndRestart();
    awaitSome(runId, Phase.POST_COMBINE);
    killAndRestart();
    RunView run = api.awaitFinished(runId);

    // then
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(run.anomalies()).isZero();
    PLANNED.forEach((phase, calls) ->
      assertThat(stats(run, phase).ok()).as("%s made", phase).isEqualTo(calls)
    );
    assertThatOnlyLaterPhasesWereSent(runId, sentBefore);
    assertThat(generated(runId)).hasSize(planned(Phase.GENERATION)).isEqualTo(written);
    assertThatReplacedCallsStayInTheCost(first, run);
    assertThat(api.sources(runId)).hasSize(2).allSatisfy(this::assertTheRightOneWon);
    Ledgers.assertVerified(api, runId, simulator.ledger().entries());
  }

  private void awaitSome(RunId runId, Phase phase) {
    int some = planned(phase) / 4;
    api.await(runId, run -> run.status() == RunStatus.RUNNING && stats(run, phase).ended() >= some);
  }

  private void assertThatOnlyLaterPhasesWereSent(RunId runId, long sentBefore) {
    Map<String, Phase> phases = api
      .calls(runId)
      .stream()
      .collect(toMap(call -> call.callId().value(), call -> Objects.requireNonNull(call.phase())));
    List<Phase> sent = simulator
      .ledger()
      .entries()
      .stream()
      .sorted(Comparator.comparingLong(LedgerEntry::sequence))
      .skip(sentBefore)
      .map(entry -> Objects.requireNonNull(phases.get(Ledgers.callIdOf(entry))))
      .toList();
    for (Phase phase : Phase.values()) {
      assertThat(sent.stream().filter(each -> each == phase))
        .as("%s sent again", phase)
        .hasSize(KEPT.contains(phase) ? 0 : planned(phase));
    }
  }

  /// They were paid for, though their answers do not count any more.
  private static void assertThatReplacedCallsStayInTheCost(RunView first, RunView run) {
    Usd replaced = ANEW.stream()
      .map(phase -> stats(first, phase).costUsd())
      .reduce(Usd.ZERO, Usd::plus);
    assertThat(replaced).isGreaterThan(Usd.ZERO);
    assertThat(run.stats().cost().replacedUsd()).isEqualTo(replaced);
    assertThat(run.stats().cost().sum()).isEqualTo(run.stats().costUsd());
    for (Phase phase : KEPT) {
      assertThat(stats(run, phase).costUsd()).isEqualTo(stats(first, phase).costUsd());
    }
  }

  private void assertTheRightOneWon(SourceView source) {
    Document winner = document(source, Objects.requireNonNull(source.winner()).document());
    assertThat(winner.phase()).as("combined from the best, so better").isEqualTo(Phase.COMBINE);
    assertThat(winner.madeFrom()).allSatisfy(part ->
      assertThat(document(source, part).model()).isEqualTo(ModelId.parse(BEST))
    );
  }

  /// The generated documents.
  private Map<CallId, ArtifactRef> generated(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .filter(call -> call.phase() == Phase.GENERATION)
      .collect(toMap(CallView::callId, call -> Objects.requireNonNull(call.output())));
  }

  private static int planned(Phase phase) {
    return Objects.requireNonNull(PLANNED.get(phase));
  }

  private static Map<String, Object> submission() {
    return JudgedRuns.judged(
      Submissions.run(
        2,
        2,
        Map.of("maxPaidCalls", 1000, "maxCostUsd", 50, "concurrency", 8),
        BEST,
        OTHER
      ),
      JUDGES
    );
  }

  private void killAndRestart() {
    orchestrator.kill();
    orchestrator = process();
    orchestrator.awaitReady();
  }

  private ServiceProcess process() {
    Service service = Service.ORCHESTRATOR;
    return ServiceProcess.start(service, acm2.arguments(service), acm2.url(service), folder);
  }
}
