package dev.acm2.standalone;

import java.util.Locale;

/// Times the start of a part.
record Stopwatch(long startedAt) {
  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  /// The line that announces the part.
  String ready(String label, String where) {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return String.format(Locale.ROOT, "%-18s ready in %4.1f s  %s", label, seconds, where);
  }
}
