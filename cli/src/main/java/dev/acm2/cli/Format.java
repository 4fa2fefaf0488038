package dev.acm2.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How values look in a terminal; the same forms as on the page.
final class Format {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
    "yyyy-MM-dd HH:mm:ss",
    Locale.ROOT
  );
  private static final BigDecimal SMALLEST = new BigDecimal("0.0001");

  private Format() {}

  /// Whole seconds, largest unit first: `1 h 4 m 12 s`; nothing below zero.
  static String duration(Duration duration) {
    Duration shown = duration.isNegative() ? Duration.ZERO : duration;
    StringBuilder text = new StringBuilder();
    append(text, shown.toDaysPart(), "d");
    append(text, shown.toHoursPart(), "h");
    append(text, shown.toMinutesPart(), "m");
    append(text, shown.toSecondsPart(), "s");
    return text.isEmpty() ? "0 s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text
        .append(text.isEmpty() ? "" : " ")
        .append(count)
        .append(' ')
        .append(unit);
    }
  }

  /// Cents from one dollar up, four decimals below, because a call costs less than a cent.
  static String money(BigDecimal usd) {
    if (usd.signum() > 0 && usd.compareTo(SMALLEST) < 0) {
      return "<$0.0001";
    }
    int decimals = usd.signum() == 0 || usd.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    return "$" + usd.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /// Local time to the second, a dash for none.
  static String time(@Nullable Instant instant, ZoneId zone) {
    return instant == null ? "-" : TIME.format(instant.atZone(zone));
  }

  /// One printable line: names and messages are written by others, and must neither break the layout
  /// nor send commands to the terminal.
  static String line(String text) {
    return text
      .strip()
      .replaceAll("\\s*\\R\\s*", " ")
      .replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }

  /// The same for a text of many lines, whose breaks and tabs it keeps.
  static String lines(String text) {
    return text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]", "?");
  }

  /// At most `width` characters, the last three of them dots where something was cut off.
  static String cut(String text, int width) {
    int length = text.codePointCount(0, text.length());
    if (length <= width) {
      return text;
    }
    int kept = Math.max(0, width - 3);
    return text.substring(0, text.offsetByCodePoints(0, kept)) + ".".repeat(Math.min(3, width));
  }

  /// Rows with every column as wide as its widest cell; the last one is as it is.
  static List<String> table(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = IntStream.range(0, columns)
      .map(column ->
        rows
          .stream()
          .mapToInt(row -> row.get(column).length())
          .max()
          .orElse(0)
      )
      .toArray();
    return rows
      .stream()
      .map(row -> row(row, widths))
      .toList();
  }

  private static String row(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
      .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
      .collect(Collectors.joining("  "))
      .stripTrailing();
  }
}
