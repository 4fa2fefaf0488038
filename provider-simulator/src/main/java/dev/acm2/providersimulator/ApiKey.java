package dev.acm2.providersimulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The key of a request, in the header where its dialect looks for it. Keys in the query are not
/// taken: they would end up in access logs.
final class ApiKey {

  private static final int HASH_DIGITS = 12;

  private ApiKey() {}

  /// Null when the header of this dialect is missing or blank.
  static @Nullable String of(Dialect dialect, HttpCall call) {
    return switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> bearer(call.header("authorization"));
      case GEMINI -> present(call.header("x-goog-api-key"));
      case ANTHROPIC -> present(call.header("x-api-key"));
    };
  }

  /// The start of the SHA-256 of the key that the call brings, in the header of its dialect or else
  /// in another one; null without any.
  static @Nullable String hash(HttpCall call) {
    String key = of(Dialect.near(call.path()), call);
    for (Dialect dialect : Dialect.values()) {
      key = key == null ? of(dialect, call) : key;
    }
    return key == null ? null : Draws.sha256Hex(key).substring(0, HASH_DIGITS);
  }

  private static @Nullable String bearer(@Nullable String header) {
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
      ? present(header.substring("bearer ".length()))
      : null;
  }

  private static @Nullable String present(@Nullable String header) {
    return header == null || header.isBlank() ? null : header.strip();
  }
}
