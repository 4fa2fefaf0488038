package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a judge is asked for, by the shape of the schema and not by the names of its outer properties.
sealed interface VerdictForm {
  /// A list with an entry `{"criterion","score","reason"}` for each criterion.
  ///
  /// @param property the name of the list
  /// @param entry    schema of its entries
  record Scores(String property, JsonNode entry, List<Criterion> criteria) implements VerdictForm {}

  /// `{"winner","reason"}`, the winner A or B, or TIE where ties are allowed.
  record Preference(boolean ties) implements VerdictForm {}

  /// Scores go from `min` to `max`, both included.
  record Criterion(String name, int min, int max) {}

  /// Null for a schema that asks for something else.
  static @Nullable VerdictForm of(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    List<String> winners = Allowed.values(properties.path("winner")).map(Allowed::text).toList();
    return winners.containsAll(List.of("A", "B"))
      ? new Preference(winners.contains("TIE"))
      : properties
          .propertyStream()
          .map(each -> scores(each.getKey(), each.getValue()))
          .filter(each -> !each.criteria().isEmpty())
          .findFirst()
          .orElse(null);
  }

  private static Scores scores(String property, JsonNode list) {
    List<JsonNode> entries = Allowed.entries(list)
      .filter(entry -> entry.path("properties").has("score"))
      .toList();
    List<Criterion> criteria = new ArrayList<>();
    for (JsonNode entry : entries) {
      JsonNode score = entry.path("properties").path("score");
      Allowed.values(entry.path("properties").path("criterion")).forEach(name ->
        criteria.add(new Criterion(Allowed.text(name), Allowed.least(score), Allowed.most(score)))
      );
    }
    return new Scores(property, entries.isEmpty() ? list : entries.getFirst(), criteria);
  }
}
