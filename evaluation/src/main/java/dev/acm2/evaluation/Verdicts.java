package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Rubric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads the answers of judges, strictly: what is not there is not made up, and nothing is rounded,
/// clipped or left out. Further properties than those asked for are ignored.
public final class Verdicts {

  private static final int SHOWN = 60;

  private Verdicts() {}

  /// What came of reading an answer.
  public sealed interface Reading {
    /// The answer holds what was asked for.
    record Read(CallResult result) implements Reading {}

    /// The answer breaks the rules.
    ///
    /// @param problem every violation found, in words that a model can mend its answer by; it
    ///     quotes little of the answer
    record Invalid(String problem) implements Reading {}
  }

  /// Reads scores. Read gives one score for each criterion, in the order of the rubric, on its
  /// scale; a whole number may be written as 4 or 4.0.
  public static Reading scores(String text, Rubric rubric) {
    return read(text, root -> new ScoreEntries(rubric).read(root));
  }

  /// Reads a preference.
  ///
  /// @param first the document that was shown as A
  /// @param second the document that was shown as B
  public static Reading preference(String text, boolean ties, CallId first, CallId second) {
    return read(text, root -> preference(root, ties, first, second));
  }

  private static Reading read(String text, Function<JsonNode, Reading> reader) {
    return JsonText.of(text)
      .map(json -> parsed(json, reader))
      .orElseGet(() -> invalid(List.of("it does not hold exactly one complete JSON object")));
  }

  private static Reading parsed(String json, Function<JsonNode, Reading> reader) {
    try {
      return reader.apply(ContractJson.INPUT.readTree(json));
    } catch (JacksonException e) {
      return invalid(List.of(shown(e.getOriginalMessage())));
    }
  }

  private static Reading preference(JsonNode root, boolean ties, CallId first, CallId second) {
    List<String> problems = new ArrayList<>();
    String winner = root.path(VerdictSchema.WINNER).asString("");
    boolean tie = ties && winner.equals(VerdictSchema.TIE);
    boolean isFirst = winner.equals(VerdictSchema.FIRST);
    if (!tie && !isFirst && !winner.equals(VerdictSchema.SECOND)) {
      String allowed = ties ? "\"A\", \"B\" or \"TIE\"" : "\"A\" or \"B\", a tie is not allowed";
      problems.add(
        "winner is %s; it must be %s".formatted(found(root, VerdictSchema.WINNER), allowed)
      );
    }
    if (isBlank(root.path(VerdictSchema.REASON))) {
      problems.add("the reason is missing");
    }
    if (!problems.isEmpty()) {
      return invalid(problems);
    }
    CallId preferred = isFirst ? first : second;
    String reason = root.path(VerdictSchema.REASON).asString();
    return new Reading.Read(new CallResult.Preference(tie ? null : preferred, reason));
  }

  static Reading invalid(List<String> problems) {
    return new Reading.Invalid("the answer is not valid: " + String.join("; ", problems));
  }

  static boolean isBlank(JsonNode text) {
    return !text.isString() || text.asString().isBlank();
  }

  static String found(JsonNode object, String property) {
    return object.has(property) ? shown(object.path(property).toString()) : "missing";
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
