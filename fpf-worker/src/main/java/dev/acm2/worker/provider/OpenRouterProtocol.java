package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usd;
import dev.acm2.worker.provider.Answer.Defect;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenRouter: chat completions with search and reasoning asked for in its own way, and with the
/// cost of the answer, which wins over any price list.
final class OpenRouterProtocol implements HttpProtocol {

  private final ChatCompletionsProtocol chat = new ChatCompletionsProtocol();

  @Override
  public String path() {
    return chat.path();
  }

  @Override
  public JsonNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    CallOptions plain = new CallOptions(options.maxOutputTokens(), Demand.OFF, Demand.OFF);
    ObjectNode request = chat.request(model, prompt, plain, schema);
    request.putObject("usage").put("include", true);
    if (options.grounding() != Demand.OFF) {
      request.putArray("tools").addObject().put("type", "openrouter:web_search");
    }
    if (options.reasoning() != Demand.OFF) {
      request.putObject("reasoning").put("effort", "medium");
    }
    return request;
  }

  @Override
  public Answer read(JsonNode response) {
    Answer answer = chat.read(response);
    Defect reported = reported(response);
    return new Answer(
      answer.text(),
      answer.usage(),
      searches(response.path("usage"), answer),
      answer.evidence(),
      reported == null ? answer.defect() : reported,
      cost(response.path("usage").path("cost"))
    );
  }

  private static int searches(JsonNode usage, Answer answer) {
    JsonNode told = usage.path("server_tool_use").path("web_search_requests");
    return told.isIntegralNumber() ? Math.max(0, told.asInt(0)) : answer.searches();
  }

  /// The model's own provider may fail after OpenRouter has begun to answer with 200.
  private static @Nullable Defect reported(JsonNode response) {
    JsonNode whole = response.path("error");
    JsonNode error = whole.isObject() ? whole : response.path("choices").path(0).path("error");
    if (!error.isObject()) {
      return null;
    }
    int code = error.path("code").asInt(0);
    String message = error.path("message").asString("");
    FailureKind kind = code == 0 ? FailureKind.SERVER_ERROR : HttpStatusKind.of(code, false);
    return new Defect(kind, "error " + code + " in the answer: " + message);
  }

  private static @Nullable Usd cost(JsonNode cost) {
    return cost.isNumber() && cost.decimalValue().signum() >= 0
      ? Usd.of(cost.decimalValue())
      : null;
  }
}
