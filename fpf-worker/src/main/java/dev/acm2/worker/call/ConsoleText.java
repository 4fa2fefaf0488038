package dev.acm2.worker.call;

import dev.acm2.contract.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers and texts as people read them in a console.
final class ConsoleText {

  private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]");
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private ConsoleText() {}

  static String size(int bytes) {
    return bytes < 1000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  static String tokens(Usage usage) {
    return usage.inputTokens() + " + " + usage.outputTokens() + " tokens";
  }

  static String attempts(int number) {
    return number == 1 ? "1 attempt" : number + " attempts";
  }

  static String passagesSpeak(int number) {
    return number == 1 ? "1 passage speaks" : number + " passages speak";
  }

  /// The text without line breaks and control characters, cut at the length with an ellipsis.
  ///
  /// @param longest in characters, 2 or more
  static String oneLine(String text, int longest) {
    String plain = COLOURS.matcher(text).replaceAll("");
    String line = BREAKS.matcher(plain).replaceAll(" ").stripTrailing();
    if (line.length() <= longest) {
      return line;
    }
    boolean splitsPair = Character.isHighSurrogate(line.charAt(longest - 2));
    return line.substring(0, splitsPair ? longest - 2 : longest - 1) + "…";
  }
}
