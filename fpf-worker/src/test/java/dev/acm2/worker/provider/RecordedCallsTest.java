package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Timings;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Answers that OpenAI really gave to the predecessor.
class RecordedCallsTest {

  private static final CallOptions ALL = new CallOptions(50_000, Demand.REQUIRED, Demand.REQUIRED);

  @Test
  void shouldReadRealAnswersAsTheyWereMeant() throws IOException {
    Optional<Path> folder = folder();
    assumeThat(folder).as("shared/data/fpf-logs beside the repository").isPresent();
    List<Path> records = openAiRecords(folder.orElseThrow());
    assertThat(records).hasSizeGreaterThanOrEqualTo(10);
    for (Path record : records) {
      check(ContractJson.EVENTS.readTree(Files.readAllBytes(record)));
    }
  }

  private static void check(JsonNode record) {
    byte[] body = record.path("response").toString().getBytes(StandardCharsets.UTF_8);
    Arrived arrived = new Arrived(200, Map.of(), body, new Timings(Duration.ZERO, Duration.ZERO));
    Provider openai = new Provider(
      "openai",
      Protocol.OPENAI_RESPONSES,
      URI.create("http://127.0.0.1/"),
      Secret.NONE,
      false
    );
    AttemptOutcome outcome = openai.classify(new ExchangeEnd.Complete(arrived), ALL, Instant.EPOCH);
    assertThat(outcome).isInstanceOf(Success.class);
    Success success = (Success) outcome;
    assertThat(ContractJson.EVENTS.readTree(success.text())).isEqualTo(
      ContractJson.EVENTS.readTree(record.path("human_text").asString())
    );
    JsonNode usage = record.path("response").path("usage");
    assertThat(success.usage().inputTokens()).isEqualTo(usage.path("input_tokens").asLong());
    assertThat(success.usage().outputTokens()).isEqualTo(usage.path("output_tokens").asLong());
    assertThat(success.usage().cachedTokens()).isEqualTo(
      usage.path("input_tokens_details").path("cached_tokens").asLong()
    );
    assertThat(success.usage().reasoningTokens()).isEqualTo(
      usage.path("output_tokens_details").path("reasoning_tokens").asLong()
    );
    assertThat(success.evidence().grounded()).isTrue();
    assertThat(success.evidence().reasoned()).isTrue();
  }

  private static List<Path> openAiRecords(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
        .filter(file -> file.getFileName().toString().contains("-gpt-"))
        .sorted()
        .toList();
    }
  }

  private static Optional<Path> folder() {
    return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
      .map(path -> path.resolve("shared/data/fpf-logs"))
      .filter(Files::isDirectory)
      .findFirst();
  }
}
