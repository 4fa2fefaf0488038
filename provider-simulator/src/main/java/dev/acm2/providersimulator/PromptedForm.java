package dev.acm2.providersimulator;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads out of a prompt what verdict it asks for: from a JSON schema that it spells out, or from the
/// shape of the answer that it shows and criteria like `"Clarity", from 1 to 5`.
final class PromptedForm {

  /// How many opening braces may lie between a schema's own and the property that gives it away.
  private static final int DEPTH = 8;
  private static final Pattern GIVES_AWAY = Pattern.compile("\"(?:criterion|winner)\"");
  private static final Pattern LIST = Pattern.compile(
    "\\{\\s*\"(\\w+)\"\\s*:\\s*\\[\\s*\\{[^{}\\[\\]]*\"criterion\"[^{}\\[\\]]*}"
  );
  private static final Pattern WINNER = Pattern.compile("\"winner\"\\s*:[^\\n]*");
  private static final Pattern CRITERION = Pattern.compile(
    "\"((?:[^\"\\\\\\n]|\\\\.){1,200})\"[^\\n\"]{0,20}?\\bfrom (-?\\d{1,6}) to (-?\\d{1,6})\\b"
  );

  private PromptedForm() {}

  /// Null when the prompt asks for no verdict.
  static @Nullable VerdictForm in(String prompt, JsonMapper json) {
    VerdictForm spelled = spelledOut(prompt, json);
    return spelled == null ? shown(prompt) : spelled;
  }

  /// The same form with the scales that the prompt names: a schema may have one for all criteria.
  static VerdictForm scaled(VerdictForm form, String prompt) {
    return switch (form) {
      case VerdictForm.Preference preference -> preference;
      case VerdictForm.Scores scores -> new VerdictForm.Scores(
        scores.property(),
        scores.entry(),
        scores
          .criteria()
          .stream()
          .map(each -> scaled(each, criteria(prompt)))
          .toList()
      );
    };
  }

  private static VerdictForm.Criterion scaled(
    VerdictForm.Criterion criterion,
    List<VerdictForm.Criterion> named
  ) {
    return named
      .stream()
      .filter(each -> each.name().equals(criterion.name()))
      .findFirst()
      .orElse(criterion);
  }

  private static @Nullable VerdictForm spelledOut(String prompt, JsonMapper json) {
    Matcher matcher = GIVES_AWAY.matcher(prompt);
    while (matcher.find()) {
      int brace = prompt.lastIndexOf('{', matcher.start());
      for (int depth = 0; depth < DEPTH && brace >= 0; depth++) {
        VerdictForm form = VerdictForm.of(value(prompt.substring(brace), json));
        if (form != null) {
          return form;
        }
        brace = prompt.lastIndexOf('{', brace - 1);
      }
    }
    return null;
  }

  /// The JSON value that a text begins with.
  private static JsonNode value(String text, JsonMapper json) {
    try {
      return json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
    } catch (JacksonException e) {
      // Most braces in a prompt open no JSON.
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private static @Nullable VerdictForm shown(String prompt) {
    Matcher list = LIST.matcher(prompt);
    if (list.find()) {
      return new VerdictForm.Scores(list.group(1), entry(), criteria(prompt));
    }
    Matcher winner = WINNER.matcher(prompt);
    return winner.find() ? new VerdictForm.Preference(winner.group().contains("\"TIE\"")) : null;
  }

  private static ObjectNode entry() {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = entry.putObject("properties");
    List.of("criterion", "reason", "score").forEach(properties::putObject);
    return entry;
  }

  private static List<VerdictForm.Criterion> criteria(String prompt) {
    return CRITERION.matcher(prompt)
      .results()
      .map(match ->
        new VerdictForm.Criterion(
          match.group(1).replace("\\\"", "\"").replace("\\\\", "\\"),
          Integer.parseInt(match.group(2)),
          Integer.parseInt(match.group(3))
        )
      )
      .filter(each -> each.min() < each.max())
      .toList();
  }
}
