package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.Submissions.author;
import static dev.acm2.orchestrator.Submissions.document;
import static dev.acm2.orchestrator.Submissions.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.InMemoryArtifactStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SubmissionCheckTest {

  private static final KnownModels MODELS = new KnownModels(
    ModelCatalogue.bundled(),
    Set.of("openai", "openai-compatible")
  );
  private static final SubmissionCheck CHECK = new SubmissionCheck(MODELS, Defaults.STANDARD);

  static Stream<Arguments> wrong() {
    return Stream.of(
      wrong("validation", "name", run -> run.remove("name")),
      wrong("validation", "name", run -> run.put("name", " ")),
      wrong("validation", "name", run -> run.put("name", "x".repeat(201))),
      wrong("invalid-text", "name", run -> run.put("name", "a\0b")),
      wrong("invalid-encoding", "name", run -> run.put("name", "a\ud800b")),
      wrong("validation", "instructions", run -> run.remove("instructions")),
      wrong("invalid-text", "instructions", run -> run.put("instructions", "\0")),
      wrong("validation", "documents", run -> run.remove("documents")),
      wrong("validation", "documents", run -> run.putArray("documents")),
      wrong("validation", "documents[0]", run -> run.putArray("documents").addNull()),
      wrong("run-too-large", "documents", run -> documents(run, 1001)),
      wrong("validation", "documents[0].name", run -> document(run).remove("name")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "../../etc/passwd")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "C:\\x")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "a/b")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "..")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "a\nb")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "CON")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "con.md")),
      wrong("invalid-name", "documents[0].name", run -> named(run, "ä".repeat(150))),
      wrong("invalid-text", "documents[0].name", run -> named(run, "a\0b")),
      wrong("duplicate-name", "documents[1].name", run -> documents(run, "a.md", "a.md")),
      wrong("duplicate-name", "documents[1].name", run -> documents(run, "é", "e\u0301")),
      wrong("empty-document", "documents[0].content", run -> document(run).put("content", "")),
      wrong("invalid-text", "documents[0].content", run -> document(run).put("content", "\0")),
      wrong("validation", "documents[0]", run -> document(run).remove("content")),
      wrong("validation", "documents[0]", run -> document(run).put("artifact", "0")),
      wrong("validation", "documents[0].artifact", run -> artifact(run, "%2e%2e%2f")),
      wrong("document-too-large", "documents[0].content", run ->
        document(run).put("content", "x".repeat(5 * 1024 * 1024 + 1))
      ),
      wrong("validation", "generation.models", run -> run.remove("generation")),
      wrong("validation", "generation.models", run -> run.putObject("generation")),
      wrong("validation", "generation.models[0].model", run -> author(run).remove("model")),
      wrong("unknown-model", "generation.models[0].model", run -> model(run, "gpt-5")),
      wrong("unknown-model", "generation.models[0].model", run -> model(run, "openai:gpt-9")),
      wrong("unknown-model", "generation.models[0].model", run -> model(run, "acme:gpt-5")),
      wrong("unknown-model", "generation.models[0].model", run ->
        model(run, "openai-compatible:*")
      ),
      wrong("duplicate-name", "generation.models[1].model", SubmissionCheckTest::twice),
      wrong("validation", "generation.models[0].iterations", run -> iterations(run, 0)),
      wrong("validation", "generation.models[0].iterations", run -> iterations(run, -1)),
      wrong("validation", "generation.models[0].iterations", run -> iterations(run, 1_000_000_000)),
      wrong("validation", "generation.models[0].maxOutputTokens", run ->
        author(run).put("maxOutputTokens", 128_001)
      ),
      wrong("run-too-large", "generation.models", SubmissionCheckTest::tooManyCalls),
      wrongLimit("validation", "callDeadline", "PT0S"),
      wrongLimit("validation", "callDeadline", "PT-1S"),
      wrongLimit("validation", "callDeadline", "PT1H1S"),
      wrongLimit("validation", "callDeadline", "PT2.9S"),
      wrongLimit("validation", "runDeadline", "PT4S"),
      wrongLimit("validation", "runDeadline", "PT25H"),
      wrongLimit("validation", "attemptTimeout", "PT0S"),
      wrongLimit("validation", "queueTtl", "PT0S"),
      wrongLimit("inconsistent-timeouts", "attemptTimeout", "PT11M"),
      wrongLimit("validation", "maxAttempts", 0),
      wrongLimit("validation", "maxAttempts", 11),
      wrongLimit("validation", "maxPaidCalls", 0),
      wrongLimit("validation", "concurrency", 1001),
      wrongLimit("validation", "weight", 101),
      wrong("validation", "limits.maxCostUsd", run ->
        limits(run).put("maxCostUsd", new java.math.BigDecimal("-0.01"))
      ),
      wrong("validation", "limits.maxCostUsd", run ->
        limits(run).put("maxCostUsd", new java.math.BigDecimal("1e-1000"))
      ),
      wrong("validation", "limits.maxCostUsd", run ->
        limits(run).put("maxCostUsd", new java.math.BigDecimal("1e1000"))
      )
    );
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldRefuseAndNameTheField(String slug, String field, Consumer<ObjectNode> change) {
    RunSubmission submission = read(change);

    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> CHECK.check(submission))
      .satisfies(problem -> {
        assertThat(problem.slug()).isEqualTo(slug);
        assertThat(problem.field()).isEqualTo(field);
      });
  }

  @Test
  void shouldSayHowLargeARunIsThatIsTooLarge() {
    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> CHECK.check(read(SubmissionCheckTest::tooManyCalls)))
      .withMessageContaining("500000 calls");
  }

  @Test
  void shouldListTheKnownModels() {
    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> CHECK.check(read(run -> model(run, "openai:gpt-9"))))
      .withMessageContaining("openai:gpt-5-mini")
      .withMessageContaining("openai-compatible:*");
  }

  @Test
  void shouldFillInEveryDefault() {
    RunSubmission submission = read(run -> {});
    CHECK.check(submission);

    RunSpec spec = freeze(submission);

    assertThat(spec.limits()).isEqualTo(Defaults.STANDARD.limits());
    assertThat(spec.generation().models())
      .singleElement()
      .matches(author -> author.iterations() == 2 && author.maxOutputTokens() == 8000)
      .matches(author -> author.grounding() == RunSpec.Demand.OFF);
  }

  @Test
  void shouldKeepEveryGivenValue() {
    RunSubmission submission = read(run -> {
      author(run).put("iterations", 7).put("maxOutputTokens", 9).put("grounding", "REQUIRED");
      limits(run).put("callDeadline", "PT1M").put("maxCostUsd", 0.5).put("priority", "HIGH");
    });
    CHECK.check(submission);

    RunSpec spec = freeze(submission);

    assertThat(spec.generation().models().getFirst().iterations()).isEqualTo(7);
    assertThat(spec.generation().models().getFirst().grounding()).isEqualTo(
      RunSpec.Demand.REQUIRED
    );
    assertThat(spec.limits().callDeadline()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.limits().attemptTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.limits().maxCostUsd()).isEqualTo(Usd.of("0.5"));
  }

  private static RunSpec freeze(RunSubmission submission) {
    Documents nowhere = new Documents(new MeasuringStore(new InMemoryArtifactStore()));
    return new SpecFreezer(MODELS, Defaults.STANDARD, nowhere).freeze(submission, 1);
  }

  private static RunSubmission read(Consumer<ObjectNode> change) {
    return dev.acm2.contract.ContractJson.INPUT.readValue(
      Submissions.json(change),
      RunSubmission.class
    );
  }

  private static Arguments wrong(String slug, String field, Consumer<ObjectNode> change) {
    return arguments(slug, field, change);
  }

  private static Arguments wrongLimit(String slug, String name, Object value) {
    return wrong(slug, "limits." + name, run -> limits(run).putPOJO(name, value));
  }

  private static void named(ObjectNode run, String name) {
    document(run).put("name", name);
  }

  private static void model(ObjectNode run, String model) {
    author(run).put("model", model);
  }

  private static void iterations(ObjectNode run, int iterations) {
    author(run).put("iterations", iterations);
  }

  private static void artifact(ObjectNode run, String artifact) {
    document(run).put("artifact", artifact).remove("content");
  }

  private static void documents(ObjectNode run, int count) {
    ArrayNode documents = run.putArray("documents");
    for (int i = 0; i < count; i++) {
      document(documents, "doc-" + i, "text");
    }
  }

  private static void documents(ObjectNode run, String... names) {
    ArrayNode documents = run.putArray("documents");
    for (String name : names) {
      document(documents, name, "text");
    }
  }

  private static void twice(ObjectNode run) {
    ((ArrayNode) run.get("generation").get("models")).addObject().put("model", "openai:gpt-5-mini");
  }

  private static void tooManyCalls(ObjectNode run) {
    documents(run, 1000);
    iterations(run, 500);
  }
}
