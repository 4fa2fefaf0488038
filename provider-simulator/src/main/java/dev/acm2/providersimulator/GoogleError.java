package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The error shape of Google APIs: `{"error":{"code","message","status","details"}}`; a rate limit
/// carries its delay as a `RetryInfo` detail.
final class GoogleError {

  /// A call without a key is refused as not permitted, not as unauthenticated.
  static final int NO_KEY = 403;

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private GoogleError() {}

  static ProviderError ofStatus(int status) {
    return new ProviderError(Dialect.GEMINI, status, message(status), null, null);
  }

  static void write(ProviderError error, @Nullable String retryAfter, ObjectNode body) {
    ObjectNode shape = body.putObject("error");
    shape
      .put("code", error.status())
      .put("message", error.message())
      .put("status", status(error.status()));
    if (retryAfter != null && retryAfter.matches("\\d+")) {
      shape
        .putArray("details")
        .addObject()
        .put("@type", RETRY_INFO)
        .put("retryDelay", retryAfter + "s");
    }
  }

  private static String message(int status) {
    return switch (status) {
      case 401 -> "Request had invalid authentication credentials.";
      case NO_KEY -> "Method doesn't allow unregistered callers. Please use API Key.";
      case 429 -> "Resource has been exhausted (e.g. check quota).";
      case 503 -> "The model is overloaded. Please try again later.";
      case 504 -> "The request timed out. Please try again.";
      default -> status < 500 ? "Request contains an invalid argument." : "An internal error.";
    };
  }

  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case NO_KEY -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 499 -> "CANCELLED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }
}
