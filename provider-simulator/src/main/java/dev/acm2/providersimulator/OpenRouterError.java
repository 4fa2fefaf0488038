package dev.acm2.providersimulator;

import tools.jackson.databind.node.ObjectNode;

/// The error shape of OpenRouter: `{"error":{"code":429,"message","metadata"}}`, its code the
/// status as a number.
final class OpenRouterError {

  private OpenRouterError() {}

  static ProviderError ofStatus(int status, String model) {
    return new ProviderError(Dialect.OPENROUTER, status, message(status, model), null, null);
  }

  static void write(ProviderError error, ObjectNode body) {
    ObjectNode shape = body.putObject("error");
    shape.put("message", error.message()).put("code", error.status());
    if (error.status() == 429 || error.status() >= 500) {
      shape
        .putObject("metadata")
        .put("provider_name", OpenRouterAnswer.PROVIDER)
        .put("raw", error.message());
    }
  }

  private static String message(int status, String model) {
    return switch (status) {
      case 401 -> "No auth credentials found";
      case 402 -> "Insufficient credits";
      case 429 -> model + " is temporarily rate-limited upstream";
      case 503 -> "No provider of " + model + " is available right now";
      default -> status < 500 ? "The request was refused" : "Provider returned error";
    };
  }
}
