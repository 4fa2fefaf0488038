package dev.acm2.worker.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts bytes that arrive in pieces into lines. Of a line that is too long only the beginning is
/// handed on. For one thread.
final class LineFeed {

  /// In bytes.
  static final int LONGEST = 16 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineFeed(Consumer<String> lines) {
    this.lines = lines;
  }

  void write(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        end();
      } else if (line.size() < LONGEST) {
        line.write(bytes[i]);
      }
    }
  }

  /// What has come since the last line break is a line too, unless it is nothing.
  void end() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!text.isBlank()) {
      lines.accept(text);
    }
  }
}
