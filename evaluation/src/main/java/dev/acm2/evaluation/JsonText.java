package dev.acm2.evaluation;

import dev.acm2.contract.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// Finds the JSON object in the answer of a model that was asked for nothing else.
public final class JsonText {

  private static final String FENCE = "```";
  private static final Pattern LANGUAGE = Pattern.compile("^[A-Za-z0-9]*\\s*");

  private JsonText() {}

  /// The text of the JSON object in an answer: the whole answer, or what stands in a Markdown
  /// fence, or everything from the first opening brace to the last closing one. Empty where there
  /// is none, and also where several fences hold different objects: which one is meant is not
  /// guessed.
  public static Optional<String> of(String answer) {
    String whole = answer.strip();
    if (isObject(whole)) {
      return Optional.of(whole);
    }
    List<String> fenced = fenced(whole);
    return fenced.isEmpty() ? outermost(whole) : only(fenced);
  }

  private static List<String> fenced(String answer) {
    String[] parts = answer.split(FENCE, -1);
    List<String> objects = new ArrayList<>();
    for (int i = 1; i < parts.length; i += 2) {
      String body = LANGUAGE.matcher(parts[i]).replaceFirst("").strip();
      if (isObject(body)) {
        objects.add(body);
      }
    }
    return objects;
  }

  private static Optional<String> only(List<String> objects) {
    return objects.stream().distinct().count() == 1
      ? Optional.of(objects.getFirst())
      : Optional.empty();
  }

  private static Optional<String> outermost(String answer) {
    int from = answer.indexOf('{');
    int to = answer.lastIndexOf('}');
    return Optional.of(from >= 0 && from < to ? answer.substring(from, to + 1) : "").filter(
      JsonText::isObject
    );
  }

  private static boolean isObject(String text) {
    if (!text.startsWith("{")) {
      return false;
    }
    try {
      return ContractJson.EVENTS.readTree(text).isObject();
    } catch (JacksonException e) {
      // That a text is no JSON is the answer to the question here, not a failure.
      return false;
    }
  }
}
