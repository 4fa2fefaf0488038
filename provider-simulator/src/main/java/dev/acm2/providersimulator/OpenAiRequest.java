package dev.acm2.providersimulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what an OpenAI request asks for: Responses and chat completions, OpenRouter's included.
final class OpenAiRequest {

  private static final int MAX_OUTPUT_TOKENS = 128_000;

  private OpenAiRequest() {}

  static Understood read(Dialect dialect, JsonNode request) {
    if (request.path("model").asString("").isBlank()) {
      return refused(
        dialect,
        "you must provide a model parameter",
        "model",
        "missing_required_parameter"
      );
    }
    String field = dialect == Dialect.RESPONSES ? "input" : "messages";
    String prompt = ModelCall.prompt(request.path("instructions"), request.path(field));
    if (prompt.isBlank()) {
      return refused(
        dialect,
        "Missing required parameter: '" + field + "'.",
        field,
        "missing_required_parameter"
      );
    }
    if (request.path("stream").asBoolean(false)) {
      return refused(dialect, "This server does not stream.", "stream", "unsupported_value");
    }
    int limit = maxOutputTokens(request);
    return limit < 1
      ? refused(
          dialect,
          "The token limit is at least 1.",
          "max_output_tokens",
          "integer_below_min_value"
        )
      : call(dialect, request, prompt, limit);
  }

  /// The reasoning effort that was asked for, null for none.
  static @Nullable String effort(JsonNode request) {
    JsonNode reasoning = request.path("reasoning");
    String effort = reasoning.isObject()
      ? reasoning.path("effort").asString("medium")
      : request.path("reasoning_effort").asString("none");
    return effort.equals("none") || !reasoning.path("enabled").asBoolean(true) ? null : effort;
  }

  private static Refused refused(Dialect dialect, String message, String param, String code) {
    return Refused.bad(new ProviderError(dialect, 400, message, param, code));
  }

  private static ModelCall call(Dialect dialect, JsonNode request, String prompt, int limit) {
    return new ModelCall(
      dialect,
      request.path("model").asString(""),
      prompt,
      Draws.sha256Hex(prompt),
      limit,
      effort(request) == null ? 0 : ModelCall.reasoningOf(limit),
      asksForSearch(request) ? ModelCall.MAX_SEARCHES : 0,
      schema(request),
      request
    );
  }

  private static int maxOutputTokens(JsonNode request) {
    for (String field : List.of("max_output_tokens", "max_completion_tokens", "max_tokens")) {
      if (request.path(field).isNumber()) {
        return request.path(field).asInt(0);
      }
    }
    return MAX_OUTPUT_TOKENS;
  }

  private static boolean asksForSearch(JsonNode request) {
    return (
      request.has("web_search_options") ||
      request.path("model").asString("").endsWith(":online") ||
      any(request.path("plugins"), "id", "web") ||
      any(request.path("tools"), "type", "web_search") ||
      any(request.path("tools"), "type", "openrouter:web_search")
    );
  }

  private static boolean any(JsonNode list, String field, String prefix) {
    return list.valueStream().anyMatch(each -> each.path(field).asString("").startsWith(prefix));
  }

  private static JsonNode schema(JsonNode request) {
    JsonNode responses = request.path("text").path("format");
    JsonNode format = responses.isObject() ? responses : request.path("response_format");
    return switch (format.path("type").asString("text")) {
      case "json_schema" -> format.has("schema")
        ? format.path("schema")
        : format.path("json_schema").path("schema");
      case "json_object" -> format;
      default -> ModelCall.PLAIN_TEXT;
    };
  }
}
