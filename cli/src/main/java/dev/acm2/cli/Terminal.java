package dev.acm2.cli;

import java.io.Console;

/// What standard output is. The acm2 script knows it better than the JVM, which looks at both ends, and
/// says so in two system properties.
final class Terminal {

  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  static boolean present() {
    String told = System.getProperty("acm2.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static int columns() {
    Integer told = Integer.getInteger("acm2.columns");
    return told == null || told < 20 ? USUAL_COLUMNS : told;
  }
}
