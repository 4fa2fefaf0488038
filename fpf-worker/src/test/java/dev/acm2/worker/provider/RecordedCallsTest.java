package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Answers that OpenAI and Google really gave to the predecessor.
class RecordedCallsTest {

  private static final CallOptions ALL = new CallOptions(50_000, Demand.REQUIRED, Demand.REQUIRED);

  @Test
  void shouldReadRealAnswersOfOpenAiAsTheyWereMeant() throws IOException {
    for (JsonNode record : records("-gpt-")) {
      // when
      Success success = read(Protocol.OPENAI_RESPONSES, record);
      // then
      JsonNode usage = record.path("response").path("usage");
      assertThat(success.bill().usage()).isEqualTo(
        new Usage(
          usage.path("input_tokens").asLong(),
          usage.path("output_tokens").asLong(),
          usage.path("output_tokens_details").path("reasoning_tokens").asLong(),
          usage.path("input_tokens_details").path("cached_tokens").asLong()
        )
      );
      JsonNode recorded = record.path("usage");
      assertThat(success.bill().usage().inputTokens()).isEqualTo(
        recorded.path("prompt_tokens").asLong()
      );
      assertThat(success.bill().usage().outputTokens()).isEqualTo(
        recorded.path("completion_tokens").asLong()
      );
    }
  }

  @Test
  void shouldReadRealAnswersOfGoogleWithTheThoughtsAndToolsThatWereForgotten() throws IOException {
    for (JsonNode record : records("-gemini-")) {
      // when
      Success success = read(Protocol.GEMINI, record);
      // then
      JsonNode usage = record.path("response").path("usageMetadata");
      JsonNode recorded = record.path("usage");
      long thoughts = usage.path("thoughtsTokenCount").asLong();
      long tools = usage.path("toolUsePromptTokenCount").asLong(0);
      assertThat(success.bill().usage().inputTokens()).isEqualTo(
        recorded.path("prompt_tokens").asLong() + tools
      );
      assertThat(success.bill().usage().outputTokens()).isEqualTo(
        recorded.path("completion_tokens").asLong() + thoughts
      );
      assertThat(
        success.bill().usage().inputTokens() + success.bill().usage().outputTokens()
      ).isEqualTo(recorded.path("total_tokens").asLong());
      assertThat(success.bill().usage().reasoningTokens()).isEqualTo(thoughts).isPositive();
      assertThat(success.bill().usage().cachedTokens()).isEqualTo(
        usage.path("cachedContentTokenCount").asLong(0)
      );
      assertThat(success.evidence().sources()).isEqualTo(chunks(record));
    }
  }

  /// Grounding and reasoning are required, so a success proves that both were seen.
  private static Success read(Protocol protocol, JsonNode record) {
    byte[] body = record.path("response").toString().getBytes(StandardCharsets.UTF_8);
    Arrived arrived = new Arrived(200, Map.of(), body, new Timings(Duration.ZERO, Duration.ZERO));
    URI nowhere = URI.create("http://127.0.0.1/");
    Provider provider = new Provider("recorded", protocol, nowhere, Secret.NONE, false);
    AttemptOutcome outcome = provider.classify(
      new ExchangeEnd.Complete(arrived),
      ALL,
      Instant.EPOCH
    );
    assertThat(outcome).isInstanceOf(Success.class);
    Success success = (Success) outcome;
    assertThat(success.text()).contains(record.path("human_text").asString());
    assertThat(success.evidence().grounded()).isTrue();
    assertThat(success.evidence().reasoned()).isTrue();
    return success;
  }

  private static List<String> chunks(JsonNode record) {
    return record
      .path("response")
      .path("candidates")
      .path(0)
      .path("groundingMetadata")
      .path("groundingChunks")
      .valueStream()
      .map(chunk -> chunk.path("web").path("uri").asString())
      .distinct()
      .toList();
  }

  private static List<JsonNode> records(String name) throws IOException {
    Optional<Path> folder = folder();
    assumeThat(folder).as("shared/data/fpf-logs beside the repository").isPresent();
    List<JsonNode> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      for (Path file : files
        .filter(each -> each.getFileName().toString().contains(name))
        .toList()) {
        records.add(ContractJson.EVENTS.readTree(Files.readAllBytes(file)));
      }
    }
    assertThat(records).hasSizeGreaterThanOrEqualTo(10);
    return records;
  }

  private static Optional<Path> folder() {
    return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
      .map(path -> path.resolve("shared/data/fpf-logs"))
      .filter(Files::isDirectory)
      .findFirst();
  }
}
