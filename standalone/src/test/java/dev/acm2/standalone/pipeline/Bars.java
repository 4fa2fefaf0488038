package dev.acm2.standalone.pipeline;

import java.time.Duration;

/// How much a test of a bar does: the whole bar with `-Dacm2.bars=full`, else a part of it that can
/// fail just as well and fits into every build.
final class Bars {

  static final boolean FULL = "full".equals(System.getProperty("acm2.bars"));
  /// With a run of a bar; the machine may have other work to do.
  static final Duration PATIENCE = FULL ? Duration.ofMinutes(30) : Duration.ofMinutes(5);

  private Bars() {}

  /// A line with the figures of a bar.
  static void report(String format, Object... figures) {
    System.out.printf(format + "%n", figures);
  }

  static <T> T of(T full, T part) {
    return FULL ? full : part;
  }
}
