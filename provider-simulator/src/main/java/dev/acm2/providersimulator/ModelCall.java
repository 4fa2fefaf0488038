package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a provider request asks for, in either dialect.
///
/// @param prompt    texts in wire order, `instructions` first, joined by a blank line
/// @param effort    reasoning effort that was asked for, null for none
/// @param schema    JSON schema of the answer; a missing node where plain text is wanted
/// @param request   the request as it came
record ModelCall(
  Dialect dialect,
  String model,
  String prompt,
  String promptHash,
  int maxOutputTokens,
  boolean webSearch,
  @Nullable String effort,
  JsonNode schema,
  JsonNode request
) implements Understood {
  private static final int MAX_OUTPUT_TOKENS = 128_000;

  static Understood read(Dialect dialect, String body, JsonMapper json) {
    JsonNode request;
    try {
      request = json.readTree(body);
    } catch (JacksonException e) {
      return refused("We could not parse the JSON body of your request.", null, null);
    }
    if (!request.isObject()) {
      return refused("The JSON body of your request is not an object.", null, null);
    }
    return read(dialect, request);
  }

  private static Understood read(Dialect dialect, JsonNode request) {
    if (request.path("model").asString("").isBlank()) {
      return refused("you must provide a model parameter", "model", "missing_required_parameter");
    }
    String prompt = prompt(dialect, request);
    if (prompt.isBlank()) {
      return refused(
        "Missing required parameter: '" + dialect.promptField + "'.",
        dialect.promptField,
        "missing_required_parameter"
      );
    }
    if (request.path("stream").asBoolean(false)) {
      return refused("This server does not stream.", "stream", "unsupported_value");
    }
    int limit = maxOutputTokens(request);
    return limit < 1
      ? refused("The token limit is at least 1.", "max_output_tokens", "integer_below_min_value")
      : new ModelCall(
          dialect,
          request.path("model").asString(""),
          prompt,
          Draws.sha256Hex(prompt),
          limit,
          asksForSearch(request),
          effort(request),
          schema(request),
          request
        );
  }

  private static Refused refused(String message, @Nullable String param, @Nullable String code) {
    return new Refused(LedgerEntry.BAD_REQUEST, ProviderError.badRequest(message, param, code));
  }

  private static String prompt(Dialect dialect, JsonNode request) {
    List<String> texts = new ArrayList<>();
    collect(request.path("instructions"), texts);
    collect(request.path(dialect.promptField), texts);
    return String.join("\n\n", texts);
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isString()) {
      texts.add(node.stringValue());
    } else if (node.isArray()) {
      node.forEach(each -> collect(each, texts));
    } else if (node.isObject()) {
      collect(node.has("content") ? node.path("content") : node.path("text"), texts);
    }
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
      request
        .path("tools")
        .valueStream()
        .anyMatch(tool -> tool.path("type").asString("").startsWith("web_search"))
    );
  }

  private static @Nullable String effort(JsonNode request) {
    String effort = request.path("reasoning").isObject()
      ? request.path("reasoning").path("effort").asString("medium")
      : request.path("reasoning_effort").asString("none");
    return effort.equals("none") ? null : effort;
  }

  private static JsonNode schema(JsonNode request) {
    JsonNode responses = request.path("text").path("format");
    JsonNode format = responses.isObject() ? responses : request.path("response_format");
    return switch (format.path("type").asString("text")) {
      case "json_schema" -> format.has("schema")
        ? format.path("schema")
        : format.path("json_schema").path("schema");
      case "json_object" -> format;
      default -> request.path("no such field");
    };
  }
}
