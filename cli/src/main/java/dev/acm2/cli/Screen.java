package dev.acm2.cli;

import java.util.List;

/// A block of lines that is drawn over itself, with the escape sequences of ECMA-48.
final class Screen {

  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String CLEAR_LINE = "\u001b[K";

  private int height;

  /// What to send to the terminal so that it shows these lines instead of the ones before.
  String redraw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (height > 0) {
      text.append("\u001b[").append(height).append("A\r");
    }
    lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
    height = lines.size();
    return text.append(CLEAR_BELOW).toString();
  }
}
