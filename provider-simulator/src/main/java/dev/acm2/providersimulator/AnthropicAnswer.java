package dev.acm2.providersimulator;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A draft as the Anthropic API sends it: `POST /v1/messages`. Each cited passage is a text block
/// of its own, so a text with sources comes in many blocks; an empty text has none. Where a tool call was
/// forced, JSON goes out as its input.
final class AnthropicAnswer {

  private static final int CACHE_FROM = 1024;
  private static final int INPUT_TOKENS_A_SEARCH = 1_250;

  private final ModelCall call;
  private final Draft draft;
  private final List<Passage> passages;
  private final SplittableRandom ids;
  private final JsonNode toolInput;

  private AnthropicAnswer(ModelCall call, Draft draft, SplittableRandom ids, JsonMapper json) {
    this.call = call;
    this.draft = draft;
    this.passages = Passage.of(draft);
    this.ids = ids;
    this.toolInput = AnthropicRequest.forcedTool(call.request()).isMissingNode()
      ? ModelCall.PLAIN_TEXT
      : object(draft.text(), json);
  }

  static ObjectNode of(ModelCall call, Draft draft, SplittableRandom ids, JsonMapper json) {
    ObjectNode message = json.createObjectNode();
    new AnthropicAnswer(call, draft, ids, json).write(message);
    return message;
  }

  private void write(ObjectNode message) {
    message
      .put("id", "msg_" + Draws.hex(ids, 24))
      .put("type", "message")
      .put("role", "assistant")
      .put("model", call.model());
    ArrayNode content = message.putArray("content");
    thinking(content);
    for (int search = 0; search < draft.searches(); search++) {
      search(content, search);
    }
    if (toolInput.isMissingNode()) {
      passages.forEach(each -> text(content.addObject(), each));
    } else {
      toolUse(content.addObject());
    }
    message.put("stop_reason", stopReason()).putNull("stop_sequence");
    usage(message.putObject("usage"));
  }

  private String stopReason() {
    return switch (draft.finish()) {
      case STOP -> toolInput.isMissingNode() ? "end_turn" : "tool_use";
      case LENGTH -> "max_tokens";
      case CONTENT_FILTER -> "refusal";
    };
  }

  private void thinking(ArrayNode content) {
    if (draft.reasoningTokens() > 0) {
      content
        .addObject()
        .put("type", "thinking")
        .put("thinking", "Weighing the document against the instructions.")
        .put("signature", Draws.hex(ids, 64));
    }
  }

  private void search(ArrayNode content, int search) {
    String id = "srvtoolu_" + Draws.hex(ids, 24);
    content
      .addObject()
      .put("type", "server_tool_use")
      .put("id", id)
      .put("name", "web_search")
      .putObject("input")
      .put("query", "background of the document, part " + (search + 1));
    ArrayNode results = content
      .addObject()
      .put("type", "web_search_tool_result")
      .put("tool_use_id", id)
      .putArray("content");
    for (int at = search; at < draft.citations().size(); at += draft.searches()) {
      result(results.addObject(), draft.citations().get(at));
    }
  }

  private void result(ObjectNode result, Citation source) {
    result
      .put("type", "web_search_result")
      .put("url", source.url())
      .put("title", source.title())
      .put("encrypted_content", Draws.hex(ids, 64))
      .putNull("page_age");
  }

  private void toolUse(ObjectNode block) {
    block
      .put("type", "tool_use")
      .put("id", "toolu_" + Draws.hex(ids, 24))
      .put("name", AnthropicRequest.forcedTool(call.request()).path("name").asString(""))
      .set("input", toolInput);
  }

  /// A missing node for a text that is no JSON object: the model did not call the tool then.
  private static JsonNode object(String text, JsonMapper json) {
    try {
      JsonNode value = json.readTree(text);
      return value.isObject() ? value : ModelCall.PLAIN_TEXT;
    } catch (JacksonException e) {
      return ModelCall.PLAIN_TEXT;
    }
  }

  private void text(ObjectNode block, Passage passage) {
    block.put("type", "text").put("text", passage.text());
    Citation source = passage.source();
    if (source != null) {
      block
        .putArray("citations")
        .addObject()
        .put("type", "web_search_result_location")
        .put("url", source.url())
        .put("title", source.title())
        .put("encrypted_index", Draws.hex(ids, 32))
        .put("cited_text", passage.text().substring(0, Math.min(150, passage.text().length())));
    }
  }

  /// `input_tokens` are those that were neither read from the cache nor written to it.
  private void usage(ObjectNode usage) {
    boolean caches = AnthropicRequest.caches(call.request());
    int read = caches ? draft.cachedTokens() : 0;
    int written =
      caches && read == 0 && draft.inputTokens() >= CACHE_FROM ? draft.inputTokens() : 0;
    int found = draft.searches() * INPUT_TOKENS_A_SEARCH;
    usage
      .put("input_tokens", draft.inputTokens() - read - written + found)
      .put("cache_creation_input_tokens", written)
      .put("cache_read_input_tokens", read);
    usage
      .putObject("cache_creation")
      .put("ephemeral_5m_input_tokens", written)
      .put("ephemeral_1h_input_tokens", 0);
    int text = Draft.tokens(Passage.text(passages));
    usage.put("output_tokens", text + draft.reasoningTokens()).put("service_tier", "standard");
    if (draft.searches() > 0) {
      usage.putObject("server_tool_use").put("web_search_requests", draft.searches());
    }
  }
}
