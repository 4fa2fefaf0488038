package dev.acm2.providersimulator;

import java.time.Instant;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A draft as the chat completions protocol sends it: `POST /v1/chat/completions`.
final class ChatAnswer {

  private ChatAnswer() {}

  static ObjectNode of(
    ModelCall call,
    Draft draft,
    Instant created,
    SplittableRandom ids,
    JsonMapper json
  ) {
    ObjectNode completion = json.createObjectNode();
    completion
      .put("id", "chatcmpl-" + Draws.hex(ids, 29))
      .put("object", "chat.completion")
      .put("created", created.getEpochSecond())
      .put("model", call.model());
    ObjectNode choice = completion.putArray("choices").addObject();
    choice.put("index", 0).putNull("logprobs").put("finish_reason", finishReason(draft));
    message(choice.putObject("message"), draft);
    usage(completion.putObject("usage"), draft);
    return completion;
  }

  private static String finishReason(Draft draft) {
    return switch (draft.finish()) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case CONTENT_FILTER -> "content_filter";
    };
  }

  private static void message(ObjectNode message, Draft draft) {
    message.put("role", "assistant").put("content", draft.text()).putNull("refusal");
    if (draft.reasoningTokens() > 0) {
      message.put("reasoning", "Weighing the document against the instructions.");
    }
    ArrayNode annotations = message.putArray("annotations");
    draft
      .citations()
      .forEach(each ->
        annotations
          .addObject()
          .put("type", "url_citation")
          .putObject("url_citation")
          .put("start_index", each.start())
          .put("end_index", each.end())
          .put("url", each.url())
          .put("title", each.title())
      );
  }

  private static void usage(ObjectNode usage, Draft draft) {
    usage
      .put("prompt_tokens", draft.inputTokens())
      .put("completion_tokens", draft.outputTokens())
      .put("total_tokens", draft.inputTokens() + draft.outputTokens());
    usage.putObject("prompt_tokens_details").put("cached_tokens", draft.cachedTokens());
    usage.putObject("completion_tokens_details").put("reasoning_tokens", draft.reasoningTokens());
  }
}
