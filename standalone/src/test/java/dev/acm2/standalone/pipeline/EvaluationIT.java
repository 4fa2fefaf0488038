package dev.acm2.standalone.pipeline;

import static dev.acm2.standalone.pipeline.JudgedRuns.document;
import static dev.acm2.standalone.pipeline.JudgedRuns.stats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.projection.SourceView;
import dev.acm2.providersimulator.JudgeOptions;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four documents, three models, two iterations, three judges, the best four compared, the best two
/// combined: to a winner that is known beforehand, while orchestrator and projector are killed with
/// SIGKILL in every phase.
class EvaluationIT {

  private static final String BEST = "anthropic:claude-sonnet-4-5";
  private static final List<String> AUTHORS = List.of(
    "openai:gpt-5-mini",
    "google:gemini-2.5-flash",
    BEST
  );
  private static final List<String> JUDGES = List.of(
    "openai:gpt-5.1",
    "google:gemini-2.5-pro",
    "anthropic:claude-haiku-4-5"
  );
  private static final Map<Phase, Integer> PLANNED = Map.of(
    Phase.GENERATION,
    4 * 6,
    Phase.SINGLE_EVAL,
    4 * 6 * 3,
    Phase.PAIRWISE,
    4 * 6 * 3 * 2,
    Phase.COMBINE,
    4,
    Phase.POST_COMBINE,
    4 * 3 * 3 * 2
  );
  private static final List<Service> KILLED = List.of(Service.ORCHESTRATOR, Service.PROJECTOR);

  private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
  private Standalone acm2;
  private Api api;
  private Path folder;

  @BeforeEach
  void start(@TempDir Path temporary) {
    folder = temporary;
    JudgeOptions judges = JudgeOptions.DEFAULTS.withQuality(AUTHORS.get(0), 0.35)
      .withQuality(AUTHORS.get(1), 0.55)
      .withQuality(BEST, 0.8)
      .withNoise(0.04);
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data"))
        .withSimulator(
          SimulatorOptions.defaults().withLatency(Duration.ofMillis(300)).withJudges(judges)
        )
        .without(KILLED.toArray(Service[]::new))
    );
    KILLED.forEach(service -> processes.put(service, process(service)));
    processes.values().forEach(ServiceProcess::awaitReady);
    api = new Api(acm2.gatewayUrl(), Duration.ofMinutes(4));
  }

  @AfterEach
  void stop() {
    processes.values().forEach(ServiceProcess::close);
    acm2.close();
  }

  @Test
  void shouldFindTheBestModelWhicheverServiceDiesInWhicheverPhase() {
    // given
    RunId runId = api.submit(submission());
    // when
    for (Phase phase : Phase.values()) {
      api.await(runId, run -> stats(run, phase).ended() >= Math.max(1, planned(phase) / 4));
      KILLED.forEach(this::killAndRestart);
    }
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(run.anomalies()).isZero();
    PLANNED.forEach((phase, calls) -> {
      assertThat(stats(run, phase).planned()).as("%s planned", phase).isEqualTo(calls);
      assertThat(stats(run, phase).ok()).as("%s made", phase).isEqualTo(calls);
    });
    List<SourceView> sources = api.sources(runId);
    assertThat(sources).hasSize(4).allSatisfy(this::assertTheRightOneWon);
    ProviderSimulator simulator = Objects.requireNonNull(acm2.simulator());
    Ledgers.assertVerified(api, runId, simulator.ledger().entries());
    assertThat(simulator.ledger().count()).isEqualTo(run.stats().planned());
    assertThatJudgesSawTheDocument(runId);
  }

  private void assertTheRightOneWon(SourceView source) {
    Winner winner = Objects.requireNonNull(source.winner());
    SourceView.Document kept = document(source, winner.document());
    assertThat(winner.by()).isEqualTo(Winner.By.POST_COMBINE);
    assertThat(kept.phase()).as("combined from the best, so better").isEqualTo(Phase.COMBINE);
    assertThat(kept.madeFrom()).allSatisfy(part ->
      assertThat(document(source, part).model()).isEqualTo(ModelId.parse(BEST))
    );
    assertThat(source.scores().getFirst().sheets()).isEqualTo(JUDGES.size());
    assertThat(document(source, source.scores().getFirst().document()).model()).isEqualTo(
      ModelId.parse(BEST)
    );
    SourceView.Comparison pairwise = Objects.requireNonNull(source.pairwise());
    assertThat(pairwise.questions().answered()).isEqualTo(planned(Phase.PAIRWISE) / 4);
    assertThat(document(source, pairwise.ranking().rows().getFirst().document()).model()).isEqualTo(
      ModelId.parse(BEST)
    );
  }

  private void assertThatJudgesSawTheDocument(RunId runId) {
    CallView judged = api
      .calls(runId)
      .stream()
      .filter(call -> call.phase() == Phase.SINGLE_EVAL)
      .findFirst()
      .orElseThrow();
    String document = api.document(runId, String.valueOf(judged.subject()));
    String request = api.artifact(judged.artifacts().getFirst().ref().sha256());
    assertThat(request.replace("\\n", "\n")).contains(document.lines().findFirst().orElseThrow());
  }

  private static int planned(Phase phase) {
    return Objects.requireNonNull(PLANNED.get(phase));
  }

  private static Map<String, Object> submission() {
    return JudgedRuns.judged(
      Submissions.run(
        4,
        2,
        Map.of("maxPaidCalls", 2000, "maxCostUsd", 100, "concurrency", 30),
        AUTHORS.toArray(String[]::new)
      ),
      JUDGES
    );
  }

  private void killAndRestart(Service service) {
    Objects.requireNonNull(processes.get(service)).kill();
    ServiceProcess next = process(service);
    processes.put(service, next);
    next.awaitReady();
  }

  private ServiceProcess process(Service service) {
    return ServiceProcess.start(service, acm2.arguments(service), acm2.url(service), folder);
  }
}
