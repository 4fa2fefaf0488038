package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenRouterProtocolTest {

  private static final String FREE = "meta-llama/llama-3.3-70b-instruct:free";

  private final OpenRouterProtocol protocol = new OpenRouterProtocol();

  @Test
  void shouldAskForTheCostAndKeepTheWholeNameOfTheModel() {
    CallOptions plain = new CallOptions(500, Demand.OFF, Demand.OFF);
    ModelId id = ModelId.parse("openrouter:" + FREE);
    assertThat(protocol.request(id.model(), "Do it.", plain, null).toString()).isEqualTo(
      "{\"model\":\"" +
        FREE +
        "\",\"messages\":[{\"role\":\"user\",\"content\":\"Do it.\"}]," +
        "\"max_tokens\":500,\"usage\":{\"include\":true}}"
    );
    assertThat(ModelCatalogue.bundled().find(id)).isPresent();
  }

  @Test
  void shouldAskForSearchAndReasoningInItsOwnWay() {
    CallOptions all = new CallOptions(500, Demand.REQUIRED, Demand.ALLOWED);
    assertThat(protocol.request(FREE, "Do it.", all, null).toString())
      .contains(
        "\"tools\":[{\"type\":\"openrouter:web_search\"}]",
        "\"reasoning\":{\"effort\":\"medium\"}"
      )
      .doesNotContain("web_search_options", "reasoning_effort");
  }

  @Test
  void shouldReadTheCostThatTheProviderReports() {
    ObjectNode answer = Answers.chat("A text.", "stop");
    assertThat(protocol.read(answer).cost()).isNull();
    ObjectNode usage = (ObjectNode) answer.path("usage");
    usage.put("cost", 0.00012345);
    assertThat(protocol.read(answer).cost()).isEqualTo(Usd.of("0.00012345"));
    usage.put("cost", 0);
    assertThat(protocol.read(answer).cost()).isEqualTo(Usd.ZERO);
    usage.put("cost", -1);
    assertThat(protocol.read(answer).cost()).isNull();
  }

  @Test
  void shouldReadTextUsageAndEvidence() {
    ObjectNode answer = Answers.chat("A text.", "stop");
    ObjectNode message = (ObjectNode) answer.path("choices").path(0).path("message");
    message
      .putArray("annotations")
      .addObject()
      .put("type", "url_citation")
      .putObject("url_citation")
      .put("url", "https://a");
    message.put("reasoning", "I wonder.");
    ObjectNode usage = (ObjectNode) answer.path("usage");
    usage.putObject("completion_tokens_details").put("reasoning_tokens", 8);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 60);
    Answer read = protocol.read(answer);
    assertThat(read.text()).isEqualTo("A text.");
    assertThat(read.usage()).isEqualTo(new Usage(100, 20, 8, 60));
    assertThat(read.evidence().sources()).containsExactly("https://a");
    assertThat(read.evidence().grounded()).isTrue();
    assertThat(read.evidence().reasoned()).isTrue();
    assertThat(read.defect()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "402, AUTH",
    "429, RATE_LIMITED",
    "502, SERVER_ERROR",
    "503, OVERLOADED",
    "0, SERVER_ERROR",
  })
  void shouldReadErrorsInsideAnAnswer(int code, FailureKind kind) {
    ObjectNode whole = Answers.chat("", "stop");
    whole.putObject("error").put("code", code).put("message", "upstream");
    assertThat(Objects.requireNonNull(protocol.read(whole).defect()).kind()).isEqualTo(kind);

    ObjectNode choice = Answers.chat("half a te", "error");
    ((ObjectNode) choice.path("choices").path(0)).putObject("error").put("code", code);
    assertThat(Objects.requireNonNull(protocol.read(choice).defect()).kind()).isEqualTo(kind);
  }

  @Test
  void shouldReadWhyItStoppedAsChatCompletionsDo() {
    Answer read = protocol.read(Answers.chat("half a te", "length"));
    assertThat(Objects.requireNonNull(read.defect()).kind()).isEqualTo(
      FailureKind.TRUNCATED_OUTPUT
    );
  }

  @Test
  void shouldDemandJson() {
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    JsonNode request = protocol.request(FREE, "Judge it.", WorkItems.PLAIN, schema);
    assertThat(request.path("response_format").path("json_schema").path("schema")).isEqualTo(
      schema
    );
  }

  @Test
  void shouldReadTheSearchesThatItTells() {
    ObjectNode answer = Answers.chat("text", "stop");
    ObjectNode usage = (ObjectNode) answer.path("usage");
    usage.putObject("server_tool_use").put("web_search_requests", 3);
    assertThat(protocol.read(answer).searches()).isEqualTo(3);
    usage.remove("server_tool_use");
    assertThat(protocol.read(answer).searches()).isZero();
  }
}
