package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents, schemas and prompts of judges, in words of their own.
final class Judging {

  static final List<String> CRITERIA = List.of("accuracy", "clarity", "style");

  private Judging() {}

  static String document(String signature) {
    return "# Executive Order 14265\n\n## Summary\n\nThe agency narrows it.\n\n" + signature + "\n";
  }

  static String by(String author) {
    return document(Signature.first(author, "17f3").line());
  }

  /// The source has a title of its own, so that a document's must be found.
  static String prompt(String... documents) {
    StringBuilder prompt = new StringBuilder("Judge.\n\n<<<s\n# The order\n\nSection 1.\n>>>\n");
    for (String document : documents) {
      prompt.append("<<<d\n").append(document).append(">>>\n");
    }
    return prompt.append("Answer now.").toString();
  }

  static JsonNode scoring() {
    ObjectNode entry = JSON.createObjectNode().put("type", "object");
    ArrayNode names = entry
      .putObject("properties")
      .putObject("criterion")
      .put("type", "string")
      .putArray("enum");
    CRITERIA.forEach(names::add);
    ArrayNode scale = entry
      .withObjectProperty("properties")
      .putObject("score")
      .put("type", "integer")
      .putArray("enum");
    List.of(1, 2, 3, 4, 5).forEach(scale::add);
    entry.withObjectProperty("properties").putObject("reason").put("type", "string");
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    schema.putObject("properties").putObject("scores").put("type", "array").set("items", entry);
    return schema;
  }

  static JsonNode comparison(String... winners) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("reason").put("type", "string");
    ArrayNode allowed = properties.putObject("winner").put("type", "string").putArray("enum");
    List.of(winners).forEach(allowed::add);
    return schema;
  }
}
