package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.provider.Answer.Defect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAI Responses API. What it echoes of the request (`tools`, `reasoning.effort`) proves
/// nothing and is never read as evidence.
final class ResponsesProtocol implements HttpProtocol {

  @Override
  public String path() {
    return "/v1/responses";
  }

  @Override
  public JsonNode request(
    String model,
    String prompt,
    CallOptions options,
    @Nullable JsonNode schema
  ) {
    ObjectNode request = ContractJson.EVENTS.createObjectNode().put("model", model);
    request.putArray("input").addObject().put("role", "user").put("content", prompt);
    request.put("max_output_tokens", options.maxOutputTokens());
    if (options.grounding() != Demand.OFF) {
      request.putArray("tools").addObject().put("type", searchTool(model));
      request.put("tool_choice", "auto").put("max_tool_calls", ModelCatalogue.MAX_SEARCHES);
    }
    if (options.reasoning() != Demand.OFF) {
      ReasoningEffort.of(model).ifPresent(effort ->
        request.putObject("reasoning").put("effort", effort)
      );
    }
    if (inBackground(model)) {
      request.put("background", true);
    } else if (schema != null) {
      demand(request, schema);
    }
    return request;
  }

  /// Deep-research models do not take it.
  private static void demand(ObjectNode request, JsonNode schema) {
    request
      .putObject("text")
      .putObject("format")
      .put("type", "json_schema")
      .put("name", "answer")
      .put("strict", true)
      .set("schema", schema);
  }

  /// A deep-research model works longer than a connection can be relied upon.
  @Override
  public boolean inBackground(String model) {
    return model.contains("-deep-research");
  }

  /// Deep-research models know the search by its first name only.
  private String searchTool(String model) {
    return inBackground(model) ? "web_search_preview" : "web_search";
  }

  @Override
  public Optional<String> problem(String model, CallOptions options) {
    boolean inVain = options.reasoning() == Demand.REQUIRED && ReasoningEffort.of(model).isEmpty();
    return inVain
      ? Optional.of("reasoning is required, and no way to ask " + model + " for it is known")
      : Optional.empty();
  }

  @Override
  public Answer read(JsonNode response) {
    String text = parts(response)
      .filter(part -> isType(part, "output_text"))
      .map(part -> part.path("text").asString(""))
      .collect(Collectors.joining());
    Usage usage = TokenCounts.read(response.path("usage"), "input_tokens", "output_tokens");
    return new Answer(text, usage, searches(response), evidence(response, usage), defect(response));
  }

  /// Looking at a page that was found is a call of the search too, but is not charged as one.
  private static int searches(JsonNode response) {
    return (int) completedSearches(response)
      .filter(item -> item.path("action").path("type").asString("search").equals("search"))
      .count();
  }

  private static Stream<JsonNode> completedSearches(JsonNode response) {
    return items(response)
      .filter(item -> isType(item, "web_search_call"))
      .filter(item -> item.path("status").asString("").equals("completed"));
  }

  private static Evidence evidence(JsonNode response, @Nullable Usage usage) {
    List<String> sources = parts(response)
      .flatMap(part -> part.path("annotations").valueStream())
      .filter(annotation -> isType(annotation, "url_citation"))
      .map(annotation -> annotation.path("url").asString(""))
      .filter(url -> !url.isBlank())
      .distinct()
      .toList();
    boolean searched = completedSearches(response).findAny().isPresent();
    boolean reasoned = items(response).anyMatch(item -> isType(item, "reasoning"));
    boolean paidReasoning = usage != null && usage.reasoningTokens() > 0;
    return new Evidence(searched || !sources.isEmpty(), reasoned || paidReasoning, sources);
  }

  private static @Nullable Defect defect(JsonNode response) {
    String refusal = parts(response)
      .filter(part -> isType(part, "refusal"))
      .map(part -> part.path("refusal").asString(""))
      .collect(Collectors.joining(" "));
    boolean refused = parts(response).anyMatch(part -> isType(part, "refusal"));
    if (refused) {
      return new Defect(FailureKind.CONTENT_REFUSED, "the model refused: " + refusal);
    }
    String status = response.path("status").asString("");
    return switch (status) {
      case "completed" -> null;
      case "incomplete" -> incomplete(
        response.path("incomplete_details").path("reason").asString("")
      );
      case "failed" -> failed(response.path("error"));
      default -> new Defect(FailureKind.INVALID_OUTPUT, "unknown status '" + status + "'");
    };
  }

  private static Defect incomplete(String reason) {
    return switch (reason) {
      case "max_output_tokens" -> new Defect(
        FailureKind.TRUNCATED_OUTPUT,
        "stopped at the limit of output tokens"
      );
      case "content_filter" -> new Defect(
        FailureKind.CONTENT_REFUSED,
        "stopped by the provider's content filter"
      );
      default -> new Defect(FailureKind.TRUNCATED_OUTPUT, "incomplete, reason '" + reason + "'");
    };
  }

  private static Defect failed(JsonNode error) {
    String code = error.path("code").asString("");
    FailureKind kind = switch (code) {
      case "rate_limit_exceeded" -> FailureKind.RATE_LIMITED;
      case "invalid_prompt" -> FailureKind.BAD_REQUEST;
      default -> FailureKind.SERVER_ERROR;
    };
    return new Defect(
      kind,
      "the answer failed: " + code + " " + error.path("message").asString("")
    );
  }

  private static Stream<JsonNode> items(JsonNode response) {
    return response.path("output").valueStream();
  }

  private static Stream<JsonNode> parts(JsonNode response) {
    return items(response)
      .filter(item -> isType(item, "message"))
      .flatMap(item -> item.path("content").valueStream());
  }

  private static boolean isType(JsonNode node, String type) {
    return node.path("type").asString("").equals(type);
  }
}
