package dev.acm2.providersimulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a Gemini request asks for, and refuses what the API refuses by model generation.
/// Field names are taken in camel case and in snake case, as the API does.
final class GeminiRequest {

  private static final int MAX_OUTPUT_TOKENS = 65_536;
  private static final Set<String> ROLES = Set.of("", "user", "model");

  private GeminiRequest() {}

  static Understood read(String model, JsonNode request) {
    JsonNode contents = request.path("contents");
    JsonNode config = field(request, "generationConfig", "generation_config");
    JsonNode system = field(request, "systemInstruction", "system_instruction");
    String prompt = ModelCall.prompt(system, contents);
    int limit = field(config, "maxOutputTokens", "max_output_tokens").asInt(MAX_OUTPUT_TOKENS);
    String problem = prompt.isBlank()
      ? "* GenerateContentRequest.contents: contents is not specified"
      : problem(model, request, config, limit);
    return problem == null
      ? new ModelCall(
          Dialect.GEMINI,
          model,
          prompt,
          Draws.sha256Hex(prompt),
          limit,
          maxReasoningTokens(config, limit),
          searches(request) ? ModelCall.MAX_SEARCHES : 0,
          wantsJson(config) ? schema(config) : ModelCall.PLAIN_TEXT,
          request
        )
      : Refused.because(Dialect.GEMINI, problem);
  }

  /// Whether the thoughts themselves were asked for, not only the thinking.
  static boolean includesThoughts(JsonNode request) {
    JsonNode thinking = thinking(field(request, "generationConfig", "generation_config"));
    return field(thinking, "includeThoughts", "include_thoughts").asBoolean(false);
  }

  private static @Nullable String problem(
    String model,
    JsonNode request,
    JsonNode config,
    int limit
  ) {
    if (!request.path("contents").valueStream().allMatch(GeminiRequest::hasValidRole)) {
      return "Please use a valid role: user, model.";
    }
    if (limit < 1) {
      return "max_output_tokens must be positive.";
    }
    String thinking = thinkingProblem(model, thinking(config));
    return thinking == null ? jsonProblem(model, request, config) : thinking;
  }

  private static @Nullable String thinkingProblem(String model, JsonNode thinking) {
    boolean leveled = !level(thinking).isMissingNode();
    if (leveled && !budget(thinking).isMissingNode()) {
      return "You can only set only one of thinking budget and thinking level.";
    }
    if (leveled && isBeforeGeneration3(model)) {
      return "Thinking level is not supported for this model.";
    }
    return model.startsWith("gemini-2.5-pro") && budget(thinking).asInt(-1) == 0
      ? "Budget 0 is invalid. This model only works in thinking mode."
      : null;
  }

  private static @Nullable String jsonProblem(String model, JsonNode request, JsonNode config) {
    if (!wantsJson(config)) {
      return schema(config) == config
        ? null
        : "A response schema needs the response mime type application/json.";
    }
    return searches(request) && isBeforeGeneration3(model)
      ? "Tool use with a response mime type: 'application/json' is unsupported"
      : null;
  }

  private static boolean hasValidRole(JsonNode content) {
    return ROLES.contains(content.path("role").asString(""));
  }

  private static boolean isBeforeGeneration3(String model) {
    return model.startsWith("gemini-1") || model.startsWith("gemini-2");
  }

  private static int maxReasoningTokens(JsonNode config, int limit) {
    JsonNode thinking = thinking(config);
    int budget = budget(thinking).asInt(-1);
    if (!thinking.isObject() || budget == 0) {
      return 0;
    }
    int most = ModelCall.reasoningOf(limit);
    return budget < 0 ? most : Math.min(budget, most);
  }

  private static boolean searches(JsonNode request) {
    return request
      .path("tools")
      .valueStream()
      .anyMatch(tool -> tool.has("google_search") || tool.has("googleSearch"));
  }

  private static boolean wantsJson(JsonNode config) {
    return field(config, "responseMimeType", "response_mime_type")
      .asString("")
      .equals("application/json");
  }

  /// The configuration itself when it has no schema: any object will do then.
  private static JsonNode schema(JsonNode config) {
    JsonNode schema = field(config, "responseSchema", "response_schema");
    JsonNode json = field(config, "responseJsonSchema", "response_json_schema");
    return schema.isObject() ? schema : json.isObject() ? json : config;
  }

  private static JsonNode thinking(JsonNode config) {
    return field(config, "thinkingConfig", "thinking_config");
  }

  private static JsonNode budget(JsonNode thinking) {
    return field(thinking, "thinkingBudget", "thinking_budget");
  }

  private static JsonNode level(JsonNode thinking) {
    return field(thinking, "thinkingLevel", "thinking_level");
  }

  private static JsonNode field(JsonNode node, String camel, String snake) {
    return node.has(camel) ? node.path(camel) : node.path(snake);
  }
}
