package dev.acm2.providersimulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What can go wrong with one request, as providers were seen to do it. The order is part of the
/// seeded draw: append, never reorder.
public enum Fault implements Behaviour {
  /// 429 with `Retry-After`.
  RATE_LIMIT,
  /// 500 in the provider's error shape.
  SERVER_ERROR,
  /// 503 in the provider's error shape, 529 where it is Anthropic's.
  OVERLOADED,
  /// The request is taken, nothing is ever answered.
  HANG_BEFORE_HEADERS,
  /// Headers and half of the body, then silence on an open connection.
  HANG_MID_BODY,
  /// Headers at once, then one byte of the body a second, without end.
  TRICKLE,
  /// 200 with a complete HTTP body that stops in the middle of its JSON.
  TRUNCATED_JSON,
  /// 200, a valid and complete answer whose text is empty.
  EMPTY_200,
  /// The connection is reset before any byte of an answer.
  RESET,
  /// Headers and half of the body, then a reset.
  RESET_MID_BODY,
  /// The text stops at the token limit (`incomplete`, `length`, `MAX_TOKENS`, `max_tokens`).
  INCOMPLETE,
  /// The text was stopped by the provider (`content_filter`, `SAFETY`, `refusal`).
  CONTENT_FILTER,
  /// Web search was asked for and did not happen.
  NO_GROUNDING,
  /// Reasoning was asked for and did not happen.
  NO_REASONING;

  /// The name in options and in JSON, for example `rate-limit`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Throws `IllegalArgumentException` that lists the known names. Takes `rate-limit` and
  /// `RATE_LIMIT`.
  public static Fault named(String label) {
    return Arrays.stream(values())
      .filter(fault -> fault.label().equals(label) || fault.name().equals(label))
      .findFirst()
      .orElseThrow(() ->
        new IllegalArgumentException("unknown fault '" + label + "', known: " + known())
      );
  }

  @Override
  public String outcome() {
    return name();
  }

  private static String known() {
    return Arrays.stream(values()).map(Fault::label).collect(Collectors.joining(", "));
  }
}
