package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.provider.Answer.Defect;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The chat completions API, as OpenAI and the servers that are compatible with it speak it.
final class ChatCompletionsProtocol implements HttpProtocol {

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public ObjectNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    ObjectNode request = ContractJson.EVENTS.createObjectNode().put("model", model);
    request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    request.put("max_tokens", options.maxOutputTokens());
    if (options.grounding() != Demand.OFF) {
      request.putObject("web_search_options");
    }
    if (options.reasoning() != Demand.OFF) {
      request.put("reasoning_effort", "medium");
    }
    if (schema != null) {
      demand(request, schema);
    }
    return request;
  }

  private static void demand(ObjectNode request, JsonNode schema) {
    request
      .putObject("response_format")
      .put("type", "json_schema")
      .putObject("json_schema")
      .put("name", "answer")
      .put("strict", true)
      .set("schema", schema);
  }

  @Override
  public Answer read(JsonNode response) {
    JsonNode choice = response.path("choices").path(0);
    JsonNode message = choice.path("message");
    Usage usage = TokenCounts.read(response.path("usage"), "prompt_tokens", "completion_tokens");
    Evidence evidence = evidence(message, usage);
    return new Answer(
      text(message.path("content")),
      usage,
      // The answer does not tell how many there were; a citation proves one.
      evidence.grounded() ? 1 : 0,
      evidence,
      defect(choice)
    );
  }

  /// Some servers send the text in parts.
  private static String text(JsonNode content) {
    return content.isString()
      ? content.stringValue()
      : content
          .valueStream()
          .map(part -> part.path("text").asString(""))
          .collect(Collectors.joining());
  }

  private static Evidence evidence(JsonNode message, @Nullable Usage usage) {
    List<String> sources = message
      .path("annotations")
      .valueStream()
      .map(annotation -> annotation.path("url_citation").path("url").asString(""))
      .filter(url -> !url.isBlank())
      .distinct()
      .toList();
    boolean reasoned =
      (usage != null && usage.reasoningTokens() > 0) ||
      !message.path("reasoning").asString("").isBlank() ||
      !message.path("reasoning_content").asString("").isBlank();
    return new Evidence(!sources.isEmpty(), reasoned, sources);
  }

  private static @Nullable Defect defect(JsonNode choice) {
    String refusal = choice.path("message").path("refusal").asString("");
    if (!refusal.isBlank()) {
      return new Defect(FailureKind.CONTENT_REFUSED, "the model refused: " + refusal);
    }
    String reason = choice.path("finish_reason").asString("");
    return switch (reason) {
      case "stop" -> null;
      case "length" -> new Defect(
        FailureKind.TRUNCATED_OUTPUT,
        "stopped at the limit of output tokens"
      );
      case "content_filter" -> new Defect(
        FailureKind.CONTENT_REFUSED,
        "stopped by the provider's content filter"
      );
      default -> new Defect(FailureKind.INVALID_OUTPUT, "unknown finish reason '" + reason + "'");
    };
  }
}
