package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Prompts that were really sent to models once, some of them above 400 kB, as documents.
class RealInputIT {

  @Test
  void shouldSendRealPromptsThroughTwoModels(@TempDir Path folder) throws IOException {
    // given
    List<Map<String, String>> prompts = recordedPrompts();
    SimulatorOptions options = SimulatorOptions.defaults().withLatency(Duration.ofMillis(200));
    try (Standalone acm2 = Standalone.start(StandaloneOptions.in(folder).withSimulator(options))) {
      Api api = new Api(acm2.gatewayUrl());
      // when
      RunId runId = api.submit(
        Submissions.run(
          prompts,
          1,
          Map.of("maxCostUsd", 100),
          "openai:gpt-5.1",
          "openai-compatible:llama"
        )
      );
      RunView run = api.awaitFinished(runId);
      // then
      assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(run.stats().ok()).isEqualTo(2 * prompts.size());
      Ledgers.assertVerified(
        api,
        runId,
        Objects.requireNonNull(acm2.simulator()).ledger().entries()
      );
    }
  }

  private static List<Map<String, String>> recordedPrompts() throws IOException {
    Path records = Path.of("../../shared/data/fpf-logs");
    assumeThat(records).as("the recorded calls lie beside the project").exists();
    List<Map<String, String>> prompts = new ArrayList<>();
    try (Stream<Path> files = Files.list(records)) {
      for (Path file : files.sorted().toList()) {
        JsonNode request = ContractJson.VIEWS.readTree(Files.readString(file)).get("request");
        prompts.add(Map.of("name", file.getFileName().toString(), "content", promptOf(request)));
      }
    }
    assertThat(prompts).hasSize(21);
    return prompts;
  }

  /// The text of an OpenAI Responses or a Gemini request.
  private static String promptOf(JsonNode request) {
    return request.has("input")
      ? request.get("input").get(0).get("content").asString()
      : request.get("contents").get(0).get("parts").get(0).get("text").asString();
  }
}
