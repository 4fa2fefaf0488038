package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.Submissions.author;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.InMemoryArtifactStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EstimateTest {

  private static final String GPT = "openai:gpt-5-mini";
  private static final String LLAMA = "openai-compatible:llama";
  private static final LaneLimits OPENAI = new LaneLimits(50, 500, null, true);
  private static final LaneLimits LOCAL = new LaneLimits(4, null, null, true);

  private final List<String> put = new ArrayList<>();
  private final Map<String, LaneLimits> overrides = new HashMap<>();
  private final InMemoryArtifactStore stored = new InMemoryArtifactStore();
  private final Estimating estimating = estimating();

  @Test
  void shouldCountWhatThePlanWouldSend() {
    Estimate estimate = estimate(run -> {
      Submissions.document(run.withArray("documents"), "b.md", "Text of b, longer");
      run.withArray("/generation/models").addObject().put("model", LLAMA).put("iterations", 3);
      author(run).put("maxOutputTokens", 1000);
    });

    // "Summarise." and "Text of a" are 19 bytes, with the other text 27
    assertThat(estimate.calls()).containsExactly(
      new Estimate.Part(
        Phase.GENERATION,
        ModelId.parse(GPT),
        "openai",
        4,
        2 * (10 + 14),
        4_000,
        Usd.of("0.000012"),
        Usd.of("0.008012")
      ),
      new Estimate.Part(
        Phase.GENERATION,
        ModelId.parse(LLAMA),
        "openai-compatible",
        6,
        3 * (10 + 14),
        48_000,
        Usd.ZERO,
        Usd.ZERO
      )
    );
    assertThat(estimate.limits()).isEqualTo(Defaults.STANDARD.limits());
    assertThat(estimate.lanes()).isEqualTo(Map.of("openai", OPENAI, "openai-compatible", LOCAL));
  }

  @Test
  void shouldCountTheSearchesOfGroundedCallsAtTheMost() {
    Estimate.Part plain = estimate(run -> {})
      .calls()
      .getFirst();

    Estimate.Part grounded = estimate(run -> author(run).put("grounding", "REQUIRED"))
      .calls()
      .getFirst();

    assertThat(grounded.minUsd()).isEqualTo(plain.minUsd());
    assertThat(grounded.maxUsd()).isEqualTo(plain.maxUsd().plus(Usd.of("0.2")));
  }

  @Test
  void shouldNameTheLimitsThatAreInForce() {
    overrides.put("openai", new LaneLimits(3, null, null, true));
    assertThat(estimate(run -> {}).lanes()).isEqualTo(overrides);

    overrides.put(GPT, new LaneLimits(1, null, null, true));

    assertThat(estimate(run -> {}).lanes()).isEqualTo(Map.of(GPT, overrides.get(GPT)));
    assertThat(
      estimate(run -> {})
        .calls()
        .getFirst()
        .lane()
    ).isEqualTo(GPT);
  }

  @Test
  void shouldStoreNothing() {
    estimate(run -> {});

    assertThat(stored.find(dev.acm2.contract.Sha256.hex(bytes("Text of a")))).isEmpty();
    assertThat(stored.find(dev.acm2.contract.Sha256.hex(bytes("Summarise.")))).isEmpty();
    assertThat(put).isEmpty();
  }

  @Test
  void shouldMeasureAStoredDocument() {
    String sha256 = stored.put(bytes("An order of 24 bytes ..."), "text/markdown").sha256();

    Estimate estimate = estimate(run ->
      Submissions.document(run).put("artifact", sha256).remove("content")
    );

    assertThat(estimate.calls().getFirst().inputTokens()).isEqualTo(2 * 17);
  }

  @Test
  void shouldRefuseWhatARunWouldBeRefusedFor() {
    assertThatThrownBy(() -> estimate(run -> author(run).put("model", "openai:none")))
      .isInstanceOf(Problem.class)
      .extracting(problem -> ((Problem) problem).slug())
      .isEqualTo("unknown-model");
    assertThatThrownBy(() -> estimating.estimate(new byte[0]))
      .isInstanceOf(Problem.class)
      .extracting(problem -> ((Problem) problem).slug())
      .isEqualTo("empty-body");
  }

  private Estimate estimate(Consumer<ObjectNode> change) {
    return estimating.estimate(bytes(Submissions.json(change)));
  }

  private Estimating estimating() {
    ConfiguredLanes lanes = new ConfiguredLanes(
      Map.of("openai", OPENAI, "openai-compatible", LOCAL)
    );
    KnownModels models = new KnownModels(catalogue(), lanes.limits().keySet());
    return new Estimating(
      new SubmissionCheck(models, Defaults.STANDARD),
      new SpecFreezer(models, Defaults.STANDARD, new Documents(new MeasuringStore(stored))),
      new Budget(models.catalogue()),
      lanes,
      () -> overrides
    );
  }

  private static ModelCatalogue catalogue() {
    ModelCatalogue.Model searching = new ModelCatalogue.Model(
      ModelId.parse(GPT),
      new BigDecimal("0.25"),
      new BigDecimal("0.025"),
      new BigDecimal("2"),
      128_000,
      new BigDecimal("10")
    );
    return ModelCatalogue.bundled().overriddenBy(
      new ModelCatalogue(LocalDate.EPOCH, "test", List.of(searching))
    );
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
