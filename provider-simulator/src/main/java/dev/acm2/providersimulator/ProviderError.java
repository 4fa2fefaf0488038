package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The error shape of the OpenAI API: `{"error":{"message","type","param","code"}}`.
record ProviderError(
  int status,
  String message,
  String type,
  @Nullable String param,
  @Nullable String code
) {
  static final ProviderError NO_KEY = new ProviderError(
    401,
    "Missing bearer authentication in header",
    "invalid_request_error",
    null,
    "invalid_api_key"
  );

  static ProviderError badRequest(String message, @Nullable String param, @Nullable String code) {
    return new ProviderError(400, message, "invalid_request_error", param, code);
  }

  static ProviderError unknownPath(String method, String path) {
    return new ProviderError(
      404,
      "Invalid URL (" + method + " " + path + ")",
      "invalid_request_error",
      null,
      null
    );
  }

  /// What the provider says with this status when nothing more is known.
  static ProviderError ofStatus(int status, String model) {
    return switch (status) {
      case 401 -> NO_KEY;
      case 429 -> new ProviderError(
        429,
        "Rate limit reached for " + model,
        "requests",
        null,
        "rate_limit_exceeded"
      );
      case 503 -> new ProviderError(
        503,
        "The engine is currently overloaded, please try again later",
        "service_unavailable_error",
        null,
        "server_is_overloaded"
      );
      default -> status < 500
        ? badRequest("The request was refused", null, null).withStatus(status)
        : new ProviderError(
            status,
            "The server had an error while processing your request. Sorry about that!",
            "server_error",
            null,
            null
          );
    };
  }

  Reply reply(JsonMapper json) {
    ObjectNode body = json.createObjectNode();
    body
      .putObject("error")
      .put("message", message)
      .put("type", type)
      .put("param", param)
      .put("code", code);
    return Reply.json(status, json.writeValueAsString(body));
  }

  private ProviderError withStatus(int changed) {
    return new ProviderError(changed, message, type, param, code);
  }
}
