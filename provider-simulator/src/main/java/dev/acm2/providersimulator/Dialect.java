package dev.acm2.providersimulator;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A wire protocol that the simulator speaks, by its path.
enum Dialect {
  RESPONSES("/v1/responses"),
  CHAT_COMPLETIONS("/v1/chat/completions"),
  /// Chat completions with the additions of OpenRouter.
  OPENROUTER("/api/v1/chat/completions"),
  /// Gemini, which names the model in the path.
  GEMINI("/v1beta/models/{model}:generateContent"),
  /// Anthropic Messages.
  ANTHROPIC("/v1/messages");

  private static final Pattern GENERATE = Pattern.compile(
    "/v1beta/models/([^/:]+):generateContent"
  );

  final String path;

  Dialect(String path) {
    this.path = path;
  }

  static @Nullable Dialect at(String path) {
    return modelIn(path) == null
      ? Arrays.stream(values())
          .filter(each -> each != GEMINI && each.path.equals(path))
          .findFirst()
          .orElse(null)
      : GEMINI;
  }

  /// The dialect whose errors a path gets, whether anything is served there or not.
  static Dialect near(String path) {
    if (path.startsWith("/v1beta/")) {
      return GEMINI;
    }
    if (path.startsWith("/v1/messages")) {
      return ANTHROPIC;
    }
    return path.startsWith("/api/v1/") ? OPENROUTER : RESPONSES;
  }

  /// The model that a Gemini path names, null for any other path.
  static @Nullable String modelIn(String path) {
    Matcher matcher = GENERATE.matcher(path);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
