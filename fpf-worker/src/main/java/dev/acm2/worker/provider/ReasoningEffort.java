package dev.acm2.worker.provider;

import java.util.Optional;
import java.util.regex.Pattern;

/// The reasoning effort that a family of OpenAI's models takes.
final class ReasoningEffort {

  private static final Pattern REASONING = Pattern.compile("(gpt-5|o1|o3|o4).*");
  private static final Pattern PRO = Pattern.compile("gpt-5(\\.\\d+)?-pro.*");
  /// Members of these families that do not reason, or take no effort.
  private static final Pattern WITHOUT = Pattern.compile("o1-(mini|preview).*|gpt-5.*-chat.*");

  private ReasoningEffort() {}

  /// Empty for a model that takes none.
  static Optional<String> of(String model) {
    if (WITHOUT.matcher(model).matches() || !REASONING.matcher(model).matches()) {
      return Optional.empty();
    }
    return Optional.of(PRO.matcher(model).matches() ? "high" : "medium");
  }
}
