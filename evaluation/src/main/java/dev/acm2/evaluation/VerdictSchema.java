package dev.acm2.evaluation;

import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON schemas of the two answers that judges give.
///
/// Only what the strict modes of all providers understand is used: `type`, `properties`,
/// `required`, `additionalProperties: false`, `items`, `enum`, `description`. Limits of length and
/// of number are refused by some of them; what they cannot say is checked by [Verdicts]. A reason
/// comes before the judgement that it leads to, since models write in the order of the schema.
public final class VerdictSchema {

  static final String EVALUATIONS = "evaluations";
  static final String CRITERION = "criterion";
  static final String SCORE = "score";
  static final String REASON = "reason";
  static final String WINNER = "winner";
  static final String FIRST = "A";
  static final String SECOND = "B";
  static final String TIE = "TIE";

  private static final int WIDEST_ENUM = 101;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private VerdictSchema() {}

  /// `{"evaluations":[{"criterion","reason","score"}]}`, where criteria are those of the rubric.
  public static JsonNode scoring(Rubric rubric) {
    ObjectNode entry = object();
    List<String> names = rubric.criteria().stream().map(Criterion::name).toList();
    property(entry, CRITERION, enumeration(names, "Name of the criterion, as it is given"));
    property(entry, REASON, text("Why this score, in one or two sentences"));
    property(entry, SCORE, score(rubric));
    ObjectNode entries = NODES.objectNode().put("type", "array");
    entries.put(
      "description",
      "Exactly one entry for each of the %d criteria".formatted(names.size())
    );
    entries.set("items", entry);
    return property(object(), EVALUATIONS, entries);
  }

  /// `{"reason","winner"}`, where the winner is `A`, `B`, or, with ties, `TIE`.
  public static JsonNode comparison(boolean ties) {
    ObjectNode root = object();
    property(root, REASON, text("Why, in two or three sentences"));
    List<String> names = ties ? List.of(FIRST, SECOND, TIE) : List.of(FIRST, SECOND);
    return property(root, WINNER, enumeration(names, "The better document"));
  }

  private static ObjectNode score(Rubric rubric) {
    ObjectNode score = NODES.objectNode().put("type", "integer");
    score.put("description", "A whole number on the scale of the criterion");
    int min = rubric.criteria().stream().mapToInt(Criterion::min).min().orElse(0);
    int max = rubric.criteria().stream().mapToInt(Criterion::max).max().orElse(0);
    if ((long) max - min < WIDEST_ENUM) {
      ArrayNode values = score.putArray("enum");
      for (int value = min; value <= max; value++) {
        values.add(value);
      }
    }
    return score;
  }

  private static ObjectNode object() {
    ObjectNode object = NODES.objectNode().put("type", "object");
    object.putObject("properties");
    object.putArray("required");
    return object.put("additionalProperties", false);
  }

  private static ObjectNode property(ObjectNode object, String name, JsonNode schema) {
    object.withObjectProperty("properties").set(name, schema);
    object.withArrayProperty("required").add(name);
    return object;
  }

  private static ObjectNode text(String description) {
    return NODES.objectNode().put("type", "string").put("description", description);
  }

  private static ObjectNode enumeration(List<String> names, String description) {
    ObjectNode schema = text(description);
    ArrayNode values = schema.putArray("enum");
    names.forEach(values::add);
    return schema;
  }
}
