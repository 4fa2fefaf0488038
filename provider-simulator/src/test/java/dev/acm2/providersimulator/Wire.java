package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How each dialect asks for a search and for reasoning, and where it says what came of them.
final class Wire {

  private Wire() {}

  static String path(Dialect dialect, String model) {
    return dialect.path.replace("{model}", model);
  }

  static Map<String, String> headers(Dialect dialect, String key) {
    return switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> Map.of("Authorization", "Bearer " + key);
      case GEMINI -> Map.of("x-goog-api-key", key);
      case ANTHROPIC -> Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
    };
  }

  static ObjectNode plain(Dialect dialect, String model, String prompt) {
    return switch (dialect) {
      case RESPONSES -> SimulatedProvider.responses(model, prompt);
      case CHAT_COMPLETIONS, OPENROUTER -> SimulatedProvider.chat(model, prompt);
      case GEMINI -> gemini(prompt);
      case ANTHROPIC -> SimulatedProvider.chat(model, prompt).put("max_tokens", 16_000);
    };
  }

  /// With search and reasoning asked for.
  static ObjectNode asking(Dialect dialect, String model, String prompt) {
    ObjectNode request = plain(dialect, model, prompt);
    ObjectNode tool = request.putArray("tools").addObject();
    switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> {
        tool.put("type", "web_search");
        request.putObject("reasoning").put("effort", "low");
      }
      case GEMINI -> {
        tool.putObject("google_search");
        request
          .putObject("generationConfig")
          .putObject("thinkingConfig")
          .put("thinkingBudget", 2048)
          .put("includeThoughts", true);
      }
      case ANTHROPIC -> {
        tool.put("type", "web_search_20250305").put("name", "web_search");
        request.putObject("thinking").put("type", "enabled").put("budget_tokens", 2048);
      }
    }
    return request;
  }

  static ObjectNode asking(Dialect dialect, String model, String prompt, JsonNode schema) {
    ObjectNode request = plain(dialect, model, prompt);
    ObjectNode format = JSON.createObjectNode().put("type", "json_schema");
    switch (dialect) {
      case RESPONSES -> request.putObject("text").set("format", format.set("schema", schema));
      case CHAT_COMPLETIONS, OPENROUTER -> {
        format.putObject("json_schema").set("schema", schema);
        request.set("response_format", format);
      }
      case GEMINI -> request
        .putObject("generationConfig")
        .put("responseMimeType", "application/json")
        .set("responseSchema", schema);
      case ANTHROPIC -> request
        .putObject("output_config")
        .set("format", format.set("schema", schema));
    }
    return request;
  }

  static String text(Dialect dialect, JsonNode body) {
    return switch (dialect) {
      case RESPONSES -> joined(body.path("output").path(body.path("output").size() - 1), "content");
      case CHAT_COMPLETIONS, OPENROUTER -> message(body).path("content").asString("");
      case GEMINI -> joined(candidate(body).path("content"), "parts");
      case ANTHROPIC -> joined(body, "content");
    };
  }

  static String finish(Dialect dialect, JsonNode body) {
    return switch (dialect) {
      case RESPONSES -> body.path("incomplete_details").path("reason").asString("completed");
      case CHAT_COMPLETIONS, OPENROUTER -> body
        .path("choices")
        .path(0)
        .path("finish_reason")
        .asString("");
      case GEMINI -> candidate(body).path("finishReason").asString("");
      case ANTHROPIC -> body.path("stop_reason").asString("");
    };
  }

  static boolean searched(Dialect dialect, JsonNode body) {
    return switch (dialect) {
      case RESPONSES -> has(body.path("output"), "web_search_call");
      case CHAT_COMPLETIONS, OPENROUTER -> !message(body).path("annotations").isEmpty();
      case GEMINI -> !candidate(body).path("groundingMetadata").isEmpty();
      case ANTHROPIC -> has(body.path("content"), "web_search_tool_result");
    };
  }

  static boolean reasoned(Dialect dialect, JsonNode body) {
    return switch (dialect) {
      case RESPONSES -> has(body.path("output"), "reasoning");
      case CHAT_COMPLETIONS, OPENROUTER -> message(body).has("reasoning");
      case GEMINI -> body.path("usageMetadata").has("thoughtsTokenCount");
      case ANTHROPIC -> has(body.path("content"), "thinking");
    };
  }

  /// What a client tells errors apart by, besides the status.
  static String error(Dialect dialect, JsonNode body) {
    String field = switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> "code";
      case GEMINI -> "status";
      case ANTHROPIC -> "type";
    };
    return body.path("error").path(field).asString("");
  }

  static JsonNode candidate(JsonNode body) {
    return body.path("candidates").path(0);
  }

  static boolean has(JsonNode items, String type) {
    return items.valueStream().anyMatch(item -> item.path("type").asString("").equals(type));
  }

  private static ObjectNode gemini(String prompt) {
    ObjectNode request = JSON.createObjectNode();
    ObjectNode content = request.putArray("contents").addObject().put("role", "user");
    content.putArray("parts").addObject().put("text", prompt);
    return request;
  }

  private static JsonNode message(JsonNode body) {
    return body.path("choices").path(0).path("message");
  }

  private static String joined(JsonNode parent, String parts) {
    return parent
      .path(parts)
      .valueStream()
      .filter(part -> !part.path("thought").asBoolean(false))
      .map(part -> part.path("text").asString(""))
      .collect(Collectors.joining());
  }
}
