package dev.acm2.providersimulator;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a JSON schema allows, in the ways in which schemas say it.
final class Allowed {

  private static final int LEAST = 1;
  private static final int MOST = 5;

  private Allowed() {}

  /// Schemas of the entries of a list: one for all, one of several, or one for each place.
  static Stream<JsonNode> entries(JsonNode list) {
    JsonNode items = list.path("items");
    return Stream.of(
      list.path("prefixItems").valueStream(),
      items.path("anyOf").valueStream(),
      items.path("oneOf").valueStream(),
      Stream.of(items).filter(JsonNode::isObject)
    ).flatMap(each -> each);
  }

  static Stream<JsonNode> values(JsonNode schema) {
    return schema.has("const")
      ? Stream.of(schema.path("const"))
      : schema.path("enum").valueStream();
  }

  static String text(JsonNode value) {
    return value.asString("");
  }

  static int least(JsonNode number) {
    return number.has("minimum")
      ? number.path("minimum").asInt(LEAST)
      : values(number)
          .mapToInt(each -> each.asInt(LEAST))
          .min()
          .orElse(LEAST);
  }

  static int most(JsonNode number) {
    return number.has("maximum")
      ? number.path("maximum").asInt(MOST)
      : values(number)
          .mapToInt(each -> each.asInt(MOST))
          .max()
          .orElse(MOST);
  }
}
