package dev.acm2.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a console line stands in its topic. Opaque to clients.
///
/// @param offset -1 before the first line
record LogPosition(int partition, long offset) {
  /// Before every line.
  static final LogPosition START = new LogPosition(0, -1);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(-1|\\d{1,18})");

  /// @throws ProblemException invalid-cursor
  static LogPosition parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw ProblemException.invalidCursor("not a position of this log", "after");
    }
    return new LogPosition(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  @Override
  public String toString() {
    return partition + "." + offset;
  }
}
