package dev.acm2.providersimulator;

import java.time.Instant;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A draft as the OpenAI Responses API sends it: `POST /v1/responses`.
final class ResponsesAnswer {

  private ResponsesAnswer() {}

  static ObjectNode of(
    ModelCall call,
    Draft draft,
    Instant created,
    SplittableRandom ids,
    JsonMapper json
  ) {
    ObjectNode response = json.createObjectNode();
    response
      .put("id", "resp_" + Draws.hex(ids, 48))
      .put("object", "response")
      .put("created_at", created.getEpochSecond())
      .put("status", draft.finish() == Draft.Finish.STOP ? "completed" : "incomplete")
      .put("background", false)
      .putNull("error");
    incomplete(response, draft);
    response
      .putNull("instructions")
      .put("max_output_tokens", call.maxOutputTokens())
      .put("model", call.model());
    output(response.putArray("output"), draft, ids);
    echo(response, call);
    usage(response.putObject("usage"), draft);
    return response;
  }

  private static void incomplete(ObjectNode response, Draft draft) {
    switch (draft.finish()) {
      case STOP -> response.putNull("incomplete_details");
      case LENGTH -> response.putObject("incomplete_details").put("reason", "max_output_tokens");
      case CONTENT_FILTER -> response
        .putObject("incomplete_details")
        .put("reason", "content_filter");
    }
  }

  private static void output(ArrayNode output, Draft draft, SplittableRandom ids) {
    for (int search = 1; search <= draft.searches(); search++) {
      reasoning(output, draft, ids);
      output
        .addObject()
        .put("id", "ws_" + Draws.hex(ids, 50))
        .put("type", "web_search_call")
        .put("status", "completed")
        .putObject("action")
        .put("type", "search")
        .put("query", "background of the document, part " + search);
    }
    reasoning(output, draft, ids);
    message(output.addObject(), draft, ids);
  }

  private static void reasoning(ArrayNode output, Draft draft, SplittableRandom ids) {
    if (draft.reasoningTokens() > 0) {
      output
        .addObject()
        .put("id", "rs_" + Draws.hex(ids, 50))
        .put("type", "reasoning")
        .putArray("summary");
    }
  }

  private static void message(ObjectNode message, Draft draft, SplittableRandom ids) {
    message
      .put("id", "msg_" + Draws.hex(ids, 50))
      .put("type", "message")
      .put("status", draft.finish() == Draft.Finish.STOP ? "completed" : "incomplete")
      .put("role", "assistant");
    ObjectNode part = message.putArray("content").addObject();
    part.put("type", "output_text").put("text", draft.text()).putArray("logprobs");
    ArrayNode annotations = part.putArray("annotations");
    draft
      .citations()
      .forEach(each ->
        annotations
          .addObject()
          .put("type", "url_citation")
          .put("start_index", each.start())
          .put("end_index", each.end())
          .put("url", each.url())
          .put("title", each.title())
      );
  }

  private static void echo(ObjectNode response, ModelCall call) {
    JsonNode request = call.request();
    response.put("parallel_tool_calls", true).putNull("previous_response_id");
    response.putObject("reasoning").put("effort", OpenAiRequest.effort(request)).putNull("summary");
    response.put("service_tier", "default").put("store", true).put("temperature", 1.0);
    response.set(
      "text",
      request.path("text").isObject() ? request.path("text").deepCopy() : textFormat(response)
    );
    response.put("tool_choice", request.path("tool_choice").asString("auto"));
    response.putArray("tools").addAll(request.path("tools").valueStream().toList());
    response.put("top_p", 1.0).put("truncation", "disabled").putNull("user").putObject("metadata");
  }

  private static ObjectNode textFormat(ObjectNode response) {
    ObjectNode text = response.objectNode();
    text.putObject("format").put("type", "text");
    return text;
  }

  private static void usage(ObjectNode usage, Draft draft) {
    usage
      .put("input_tokens", draft.inputTokens())
      .putObject("input_tokens_details")
      .put("cached_tokens", draft.cachedTokens());
    usage
      .put("output_tokens", draft.outputTokens())
      .putObject("output_tokens_details")
      .put("reasoning_tokens", draft.reasoningTokens());
    usage.put("total_tokens", draft.inputTokens() + draft.outputTokens());
  }
}
