package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The error shape of the OpenAI API: `{"error":{"message","type","param","code"}}`.
final class OpenAiError {

  private OpenAiError() {}

  static ProviderError ofStatus(Dialect dialect, int status, String model) {
    return new ProviderError(dialect, status, message(status, model), null, code(status));
  }

  static void write(ProviderError error, ObjectNode body) {
    body
      .putObject("error")
      .put("message", error.message())
      .put("type", type(error.status()))
      .put("param", error.param())
      .put("code", error.code());
  }

  private static String message(int status, String model) {
    return switch (status) {
      case 401 -> "Missing bearer authentication in header";
      case 429 -> "Rate limit reached for " + model;
      case 503 -> "The engine is currently overloaded, please try again later";
      default -> status < 500
        ? "The request was refused"
        : "The server had an error while processing your request. Sorry about that!";
    };
  }

  private static @Nullable String code(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 429 -> "rate_limit_exceeded";
      case 503 -> "server_is_overloaded";
      default -> null;
    };
  }

  private static String type(int status) {
    return switch (status) {
      case 429 -> "requests";
      case 503 -> "service_unavailable_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
