package dev.acm2.providersimulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A draft as the Gemini API sends it: `POST /v1beta/models/{model}:generateContent`. A text of
/// several sections comes in two parts; a text that was blocked, or is empty, has no part.
final class GeminiAnswer {

  private static final int TOOL_TOKENS_A_SEARCH = 1_250;

  private final ModelCall call;
  private final Draft draft;
  private final List<Passage> passages;
  private final SplittableRandom ids;

  private GeminiAnswer(ModelCall call, Draft draft, SplittableRandom ids) {
    this.call = call;
    this.draft = draft;
    this.passages = Passage.of(draft);
    this.ids = ids;
  }

  static ObjectNode of(ModelCall call, Draft draft, SplittableRandom ids, JsonMapper json) {
    ObjectNode answer = json.createObjectNode();
    new GeminiAnswer(call, draft, ids).write(answer);
    return answer;
  }

  private void write(ObjectNode answer) {
    ObjectNode candidate = answer.putArray("candidates").addObject();
    if (blocked()) {
      rateAsUnsafe(candidate);
    } else {
      content(candidate.putObject("content"));
    }
    candidate.put("finishReason", finishReason()).put("index", 0);
    if (draft.searches() > 0 && !blocked()) {
      GeminiGrounding.write(draft.searches(), passages, candidate.putObject("groundingMetadata"));
    }
    usage(answer.putObject("usageMetadata"));
    answer.put("modelVersion", call.model()).put("responseId", Draws.hex(ids, 23));
  }

  private boolean blocked() {
    return draft.finish() == Draft.Finish.CONTENT_FILTER;
  }

  private String finishReason() {
    return switch (draft.finish()) {
      case STOP -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
    };
  }

  private static void rateAsUnsafe(ObjectNode candidate) {
    candidate
      .putArray("safetyRatings")
      .addObject()
      .put("category", "HARM_CATEGORY_DANGEROUS_CONTENT")
      .put("probability", "HIGH")
      .put("blocked", true);
  }

  private void content(ObjectNode content) {
    boolean thoughts = draft.reasoningTokens() > 0;
    if (thoughts && GeminiRequest.includesThoughts(call.request())) {
      content
        .withArray("parts")
        .addObject()
        .put("text", "**Reading the document**\n\nWeighing it against the instructions.\n")
        .put("thought", true);
    }
    for (String text : GeminiGrounding.parts(Passage.text(passages))) {
      content.withArray("parts").addObject().put("text", text);
    }
    if (thoughts && call.model().startsWith("gemini-3") && !passages.isEmpty()) {
      sign(content.withArray("parts"));
    }
    content.put("role", "model");
  }

  private void sign(ArrayNode parts) {
    byte[] signature = Draws.hex(ids, 96).getBytes(StandardCharsets.US_ASCII);
    ((ObjectNode) parts.path(parts.size() - 1)).put(
      "thoughtSignature",
      Base64.getEncoder().encodeToString(signature)
    );
  }

  private void usage(ObjectNode usage) {
    int text = blocked() ? 0 : Draft.tokens(Passage.text(passages));
    int tool = draft.searches() * TOOL_TOKENS_A_SEARCH;
    usage.put("promptTokenCount", draft.inputTokens());
    putUnlessNone(usage, "candidatesTokenCount", text);
    usage.put("totalTokenCount", draft.inputTokens() + text + draft.reasoningTokens() + tool);
    putUnlessNone(usage, "cachedContentTokenCount", draft.cachedTokens());
    details(usage, "promptTokensDetails", draft.inputTokens());
    details(usage, "cacheTokensDetails", draft.cachedTokens());
    putUnlessNone(usage, "toolUsePromptTokenCount", tool);
    details(usage, "toolUsePromptTokensDetails", tool);
    putUnlessNone(usage, "thoughtsTokenCount", draft.reasoningTokens());
  }

  private static void putUnlessNone(ObjectNode usage, String name, int tokens) {
    if (tokens > 0) {
      usage.put(name, tokens);
    }
  }

  private static void details(ObjectNode usage, String name, int tokens) {
    if (tokens > 0) {
      usage.putArray(name).addObject().put("modality", "TEXT").put("tokenCount", tokens);
    }
  }
}
