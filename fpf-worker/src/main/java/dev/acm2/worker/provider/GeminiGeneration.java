package dev.acm2.worker.provider;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The generation of a Gemini model, as its name tells it: 2.5 of `gemini-2.5-flash`.
record GeminiGeneration(int major, int minor) {
  private static final Pattern NAME = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?-.*");

  /// Empty for a name that does not tell it, as `gemini-flash-latest`.
  static Optional<GeminiGeneration> of(String model) {
    Matcher name = NAME.matcher(model);
    if (!name.matches()) {
      return Optional.empty();
    }
    int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    return Optional.of(new GeminiGeneration(Integer.parseInt(name.group(1)), minor));
  }

  boolean isThreeOrLater() {
    return major >= 3;
  }
}
