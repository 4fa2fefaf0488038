package dev.acm2.orchestrator;

import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Submissions as JSON trees, to change one thing at a time.
final class Submissions {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Submissions() {}

  static String json(Consumer<ObjectNode> change) {
    ObjectNode run = MAPPER.createObjectNode();
    run.put("name", "A run");
    run.put("instructions", "Summarise.");
    document(run.putArray("documents"), "a.md", "Text of a");
    run.putObject("generation").putArray("models").addObject().put("model", "openai:gpt-5-mini");
    run.putObject("limits");
    change.accept(run);
    return MAPPER.writeValueAsString(run);
  }

  static void document(ArrayNode documents, String name, String content) {
    documents.addObject().put("name", name).put("content", content);
  }

  static ObjectNode document(ObjectNode run) {
    return (ObjectNode) run.get("documents").get(0);
  }

  static ObjectNode author(ObjectNode run) {
    return (ObjectNode) run.get("generation").get("models").get(0);
  }

  static ObjectNode limits(ObjectNode run) {
    return (ObjectNode) run.get("limits");
  }
}
