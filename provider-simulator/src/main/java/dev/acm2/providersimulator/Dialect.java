package dev.acm2.providersimulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A wire protocol that the simulator speaks, by its path.
enum Dialect {
  RESPONSES("/v1/responses", "input"),
  CHAT_COMPLETIONS("/v1/chat/completions", "messages");

  final String path;

  /// The field that carries the prompt.
  final String promptField;

  Dialect(String path, String promptField) {
    this.path = path;
    this.promptField = promptField;
  }

  static @Nullable Dialect at(String path) {
    return Arrays.stream(values())
      .filter(each -> each.path.equals(path))
      .findFirst()
      .orElse(null);
  }
}
