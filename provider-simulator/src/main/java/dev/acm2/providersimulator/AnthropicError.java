package dev.acm2.providersimulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The error shape of the Anthropic API:
/// `{"type":"error","error":{"type","message"},"request_id"}`.
final class AnthropicError {

  static final int OVERLOADED = 529;

  private AnthropicError() {}

  static ProviderError ofStatus(int status) {
    return new ProviderError(Dialect.ANTHROPIC, status, message(status), null, null);
  }

  static void write(ProviderError error, @Nullable String requestId, ObjectNode body) {
    body
      .put("type", "error")
      .putObject("error")
      .put("type", type(error.status()))
      .put("message", error.message());
    if (requestId != null) {
      body.put("request_id", requestId);
    }
  }

  private static String message(int status) {
    return switch (status) {
      case 401 -> "x-api-key header is required";
      case 429 -> "This request would exceed your organization's rate limit.";
      case OVERLOADED -> "Overloaded";
      default -> status < 500 ? "The request was refused" : "Internal server error";
    };
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case OVERLOADED -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }
}
