package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An error answer before it is put into the shape of its dialect.
///
/// @param param the parameter to blame, in the OpenAI shape alone
/// @param code  the code of the OpenAI shape
record ProviderError(
  Dialect dialect,
  int status,
  String message,
  @Nullable String param,
  @Nullable String code
) {
  static ProviderError badRequest(Dialect dialect, String message) {
    return new ProviderError(dialect, 400, message, null, null);
  }

  static ProviderError unknownPath(String method, String path) {
    String message = "Invalid URL (" + method + " " + path + ")";
    return new ProviderError(Dialect.near(path), 404, message, null, null);
  }

  static ProviderError noKey(Dialect dialect) {
    return ofStatus(dialect, dialect == Dialect.GEMINI ? GoogleError.NO_KEY : 401, "");
  }

  /// What the provider says with this status when nothing more is known.
  static ProviderError ofStatus(Dialect dialect, int status, String model) {
    return switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS -> OpenAiError.ofStatus(dialect, status, model);
      case OPENROUTER -> OpenRouterError.ofStatus(status, model);
      case GEMINI -> GoogleError.ofStatus(status);
      case ANTHROPIC -> AnthropicError.ofStatus(status);
    };
  }

  /// The status of a provider that has too much to do.
  static int overloaded(Dialect dialect) {
    return switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER, GEMINI -> 503;
      case ANTHROPIC -> AnthropicError.OVERLOADED;
    };
  }

  Reply reply(JsonMapper json) {
    return reply(null, null, json);
  }

  /// `requestId` and `retryAfter` go into the body where the dialect has a place for them.
  Reply reply(@Nullable String requestId, @Nullable String retryAfter, JsonMapper json) {
    ObjectNode body = json.createObjectNode();
    switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS -> OpenAiError.write(this, body);
      case OPENROUTER -> OpenRouterError.write(this, body);
      case GEMINI -> GoogleError.write(this, retryAfter, body);
      case ANTHROPIC -> AnthropicError.write(this, requestId, body);
    }
    return Reply.json(status, json.writeValueAsString(body));
  }
}
