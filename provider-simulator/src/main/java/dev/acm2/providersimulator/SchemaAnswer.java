package dev.acm2.providersimulator;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON value that satisfies a JSON schema as judges use them: `type`, `properties`, `items`,
/// `enum`, `const`, `minimum`, `maximum`, `minItems`, `maxItems`. Types are taken in
/// upper case too, as Gemini writes them. Every property is filled, in schema order.
final class SchemaAnswer {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> REASONS = List.of(
    "It follows the source closely.",
    "It leaves one claim without support.",
    "It is complete and well ordered.",
    "It repeats itself in two places."
  );

  private final SplittableRandom random;

  SchemaAnswer(SplittableRandom random) {
    this.random = random;
  }

  JsonNode value(JsonNode schema) {
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
    }
    return switch (type(schema)) {
      case "array" -> array(schema);
      case "string" -> NODES.stringNode(REASONS.get(random.nextInt(REASONS.size())));
      case "integer" -> NODES.numberNode(integer(schema));
      case "number" -> NODES.numberNode((double) integer(schema));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> object(schema);
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    JsonNode first = type.isArray() ? type.path(0) : type;
    return first.asString("").toLowerCase(Locale.ROOT);
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    schema
      .path("properties")
      .propertyStream()
      .forEach(property -> object.set(property.getKey(), value(property.getValue())));
    return object.isEmpty() ? object.put("answer", REASONS.getFirst()) : object;
  }

  private ArrayNode array(JsonNode schema) {
    int least = schema.path("minItems").asInt(1);
    int most = Math.max(least, schema.path("maxItems").asInt(least + 2));
    ArrayNode array = NODES.arrayNode();
    for (int items = random.nextInt(least, most + 1); items > 0; items--) {
      array.add(value(schema.path("items")));
    }
    return array;
  }

  private int integer(JsonNode schema) {
    int least = schema.path("minimum").asInt(1);
    return random.nextInt(least, Math.max(least, schema.path("maximum").asInt(least + 4)) + 1);
  }
}
