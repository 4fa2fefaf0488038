package dev.acm2.providersimulator;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Behaviours as JSON: `"OK"`, `"GARBAGE"`, a fault name, or an object with one of `text`,
/// `verdictBytes`, `status` (and `retryAfter`), `fault`, `body` (and `httpStatus`, `contentType`),
/// `once` (and `then`), and optionally `latency`.
final class BehaviourCodec {

  private BehaviourCodec() {}

  /// Throws `IllegalArgumentException` (or `DateTimeParseException` for a latency) with the reason.
  static Behaviour read(JsonNode node) {
    if (node.isString()) {
      return named(node.stringValue());
    }
    Behaviour behaviour = object(node);
    return node.has("latency")
      ? Behaviour.after(Duration.parse(node.path("latency").asString("")), behaviour)
      : behaviour;
  }

  private static Behaviour named(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "OK" -> Behaviour.OK;
      case "GARBAGE" -> Behaviour.GARBAGE;
      default -> Fault.named(name);
    };
  }

  private static Behaviour object(JsonNode node) {
    if (node.has("text")) {
      return Behaviour.answer(node.path("text").asString(""));
    }
    if (node.has("verdictBytes")) {
      return Behaviour.verdictOf(node.path("verdictBytes").asInt(0));
    }
    if (node.has("once")) {
      JsonNode then = node.path("then");
      return Behaviour.onceThen(
        read(node.path("once")),
        then.isMissingNode() ? Behaviour.OK : read(then)
      );
    }
    if (node.has("status")) {
      int status = node.path("status").asInt(0);
      return node.has("retryAfter")
        ? Behaviour.status(status, node.path("retryAfter").asString(""))
        : Behaviour.status(status);
    }
    if (node.has("body")) {
      return Behaviour.raw(
        node.path("httpStatus").asInt(200),
        node.path("contentType").asString("application/json"),
        node.path("body").asString("")
      );
    }
    return named(node.path("fault").asString("ok"));
  }
}
