package dev.acm2.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Marks around texts that a model is to read as data. The mark occurs in none of the texts, not
/// even in other cases or with other characters strewn in, so that no text can close its own
/// fence.
record Fence(String mark) {
  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{7,127}");
  private static final Pattern NOT_SIGNIFICANT = Pattern.compile("[^\\p{L}\\p{Nd}]");

  /// @param delimiter drawn at random by the caller; it is lengthened when a text holds it by
  ///     chance
  /// @throws IllegalArgumentException when the delimiter is not 8 to 128 letters, digits, `-` or
  ///     `_`, the first of them a letter or digit
  static Fence around(String delimiter, List<String> texts) {
    if (!FORM.matcher(delimiter).matches()) {
      throw new IllegalArgumentException("not a delimiter of 8 to 128 letters and digits");
    }
    List<String> seen = texts.stream().map(Fence::significant).toList();
    String mark = delimiter;
    for (int more = 1; isIn(mark, seen); more++) {
      mark = delimiter + "x" + more;
    }
    return new Fence(mark);
  }

  String around(String label, String text) {
    return "<<<BEGIN %s %s>>>\n%s\n<<<END %s %s>>>\n".formatted(label, mark, text, label, mark);
  }

  private static boolean isIn(String mark, List<String> texts) {
    String wanted = significant(mark);
    return texts.stream().anyMatch(text -> text.contains(wanted));
  }

  private static String significant(String text) {
    return NOT_SIGNIFICANT.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
