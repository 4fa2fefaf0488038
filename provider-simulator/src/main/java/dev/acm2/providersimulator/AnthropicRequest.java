package dev.acm2.providersimulator;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what an Anthropic Messages request asks for, and refuses what the API refuses.
final class AnthropicRequest {

  private static final int LEAST_BUDGET = 1024;
  private static final Set<String> ROLES = Set.of("user", "assistant");

  private AnthropicRequest() {}

  static Understood read(JsonNode request) {
    String problem = problem(request);
    if (problem != null) {
      return Refused.because(Dialect.ANTHROPIC, problem);
    }
    String prompt = ModelCall.prompt(request.path("system"), request.path("messages"));
    int limit = request.path("max_tokens").asInt(0);
    return new ModelCall(
      Dialect.ANTHROPIC,
      request.path("model").asString(""),
      prompt,
      Draws.sha256Hex(prompt),
      limit,
      maxReasoningTokens(request.path("thinking"), limit),
      maxSearches(request),
      schema(request),
      request
    );
  }

  /// Whether any part of the prompt is marked to be cached.
  static boolean caches(JsonNode request) {
    return !request.findValues("cache_control").isEmpty();
  }

  /// The tool that the model must call; a missing node when it need not call any.
  static JsonNode forcedTool(JsonNode request) {
    JsonNode choice = request.path("tool_choice");
    List<JsonNode> callable = request
      .path("tools")
      .valueStream()
      .filter(tool -> tool.has("input_schema"))
      .filter(tool -> !choice.has("name") || tool.path("name").asString("").equals(name(choice)))
      .toList();
    boolean forced = Set.of("tool", "any").contains(choice.path("type").asString(""));
    return forced && !callable.isEmpty() ? callable.getFirst() : ModelCall.PLAIN_TEXT;
  }

  private static String name(JsonNode choice) {
    return choice.path("name").asString("");
  }

  private static @Nullable String problem(JsonNode request) {
    if (request.path("model").asString("").isBlank()) {
      return "model: Field required";
    }
    if (!request.path("max_tokens").isNumber()) {
      return "max_tokens: Field required";
    }
    if (request.path("max_tokens").asInt(0) < 1) {
      return "max_tokens: Input should be greater than or equal to 1";
    }
    if (request.path("stream").asBoolean(false)) {
      return "stream: This server does not stream";
    }
    String messages = messagesProblem(request.path("messages"));
    return messages == null ? thinkingProblem(request) : messages;
  }

  private static @Nullable String messagesProblem(JsonNode messages) {
    if (ModelCall.prompt(messages).isBlank()) {
      return "messages: at least one message is required";
    }
    return messages
      .valueStream()
      .map(message -> message.path("role").asString(""))
      .filter(role -> !ROLES.contains(role))
      .findFirst()
      .map(role -> "messages: Unexpected role \"" + role + "\"")
      .orElse(null);
  }

  private static @Nullable String thinkingProblem(JsonNode request) {
    JsonNode thinking = request.path("thinking");
    if (!thinks(thinking)) {
      return null;
    }
    if (!forcedTool(request).isMissingNode()) {
      return "Thinking may not be enabled when tool_choice forces tool use.";
    }
    if (request.path("temperature").asDouble(1) != 1) {
      return "`temperature` may only be set to 1 when thinking is enabled.";
    }
    return thinking.path("type").asString("").equals("enabled")
      ? budgetProblem(thinking.path("budget_tokens").asInt(0), request)
      : null;
  }

  private static @Nullable String budgetProblem(int budget, JsonNode request) {
    if (budget < LEAST_BUDGET) {
      return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    }
    return budget < request.path("max_tokens").asInt(0)
      ? null
      : "`max_tokens` must be greater than `thinking.budget_tokens`.";
  }

  private static boolean thinks(JsonNode thinking) {
    return Set.of("enabled", "adaptive").contains(thinking.path("type").asString(""));
  }

  private static int maxReasoningTokens(JsonNode thinking, int limit) {
    int most = ModelCall.reasoningOf(limit);
    return thinks(thinking) ? Math.min(thinking.path("budget_tokens").asInt(most), most) : 0;
  }

  private static int maxSearches(JsonNode request) {
    return request
      .path("tools")
      .valueStream()
      .filter(tool -> tool.path("type").asString("").startsWith("web_search"))
      .mapToInt(tool -> tool.path("max_uses").asInt(ModelCall.MAX_SEARCHES))
      .findFirst()
      .orElse(0);
  }

  private static JsonNode schema(JsonNode request) {
    JsonNode current = request.path("output_config").path("format");
    JsonNode format = current.isObject() ? current : request.path("output_format");
    return format.path("type").asString("").equals("json_schema")
      ? format.path("schema")
      : forcedTool(request).path("input_schema");
  }
}
