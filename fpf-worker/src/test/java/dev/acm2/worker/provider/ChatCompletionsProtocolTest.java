package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChatCompletionsProtocolTest {

  private final ChatCompletionsProtocol protocol = new ChatCompletionsProtocol();

  @Test
  void shouldAskPlainly() {
    CallOptions plain = new CallOptions(500, Demand.OFF, Demand.OFF);
    assertThat(protocol.request("llama", "Do it.", plain, null).toString()).isEqualTo(
      "{\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"Do it.\"}]," +
        "\"max_tokens\":500}"
    );
  }

  @Test
  void shouldAskForSearchAndReasoning() {
    CallOptions all = new CallOptions(500, Demand.REQUIRED, Demand.ALLOWED);
    assertThat(protocol.request("llama", "Do it.", all, null).propertyNames()).contains(
      "web_search_options",
      "reasoning_effort"
    );
  }

  @Test
  void shouldReadACompleteAnswer() {
    Answer answer = protocol.read(Answers.chat("A text.", "stop"));
    assertThat(answer.text()).isEqualTo("A text.");
    assertThat(answer.usage()).isEqualTo(new Usage(100, 20, 0, 0));
    assertThat(answer.defect()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "length, TRUNCATED_OUTPUT",
    "content_filter, CONTENT_REFUSED",
    "tool_calls, INVALID_OUTPUT",
    "'', INVALID_OUTPUT",
  })
  void shouldReadWhyItStopped(String reason, FailureKind kind) {
    Answer answer = protocol.read(Answers.chat("A te", reason));
    assertThat(Objects.requireNonNull(answer.defect()).kind()).isEqualTo(kind);
  }

  @Test
  void shouldReadRefusalsPartsAndEvidence() {
    ObjectNode refused = Answers.chat("", "stop");
    ((ObjectNode) refused.path("choices").path(0).path("message")).put("refusal", "I cannot.");
    assertThat(Objects.requireNonNull(protocol.read(refused).defect()).kind()).isEqualTo(
      FailureKind.CONTENT_REFUSED
    );

    ObjectNode parts = Answers.chat("", "stop");
    ObjectNode message = (ObjectNode) parts.path("choices").path(0).path("message");
    message.putArray("content").addObject().put("type", "text").put("text", "one ");
    message.withArray("/content").addObject().put("type", "text").put("text", "two");
    message.putArray("annotations").addObject().putObject("url_citation").put("url", "https://a");
    message.put("reasoning_content", "thinking");
    Answer answer = protocol.read(parts);
    assertThat(answer.text()).isEqualTo("one two");
    assertThat(answer.evidence().sources()).containsExactly("https://a");
    assertThat(answer.evidence().grounded()).isTrue();
    assertThat(answer.evidence().reasoned()).isTrue();
  }

  @Test
  void shouldDemandJson() {
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    JsonNode request = protocol.request("llama", "Judge it.", WorkItems.PLAIN, schema);
    assertThat(request.path("response_format").toString()).isEqualTo(
      "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true," +
        "\"schema\":{\"type\":\"object\"}}}"
    );
  }

  @Test
  void shouldTakeACitationForOneSearch() {
    ObjectNode answer = Answers.chat("text", "stop");
    assertThat(protocol.read(answer).searches()).isZero();
    ObjectNode message = (ObjectNode) answer.path("choices").path(0).path("message");
    message.putArray("annotations").addObject().putObject("url_citation").put("url", "https://a");
    assertThat(protocol.read(answer).searches()).isEqualTo(1);
  }
}
