package dev.acm2.providersimulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a provider request asks for, in any dialect.
///
/// @param prompt             texts in wire order, system text first, joined by a blank line
/// @param maxOutputTokens    limit of text and reasoning together
/// @param maxReasoningTokens most that is spent on reasoning, 0 when none was asked for
/// @param maxSearches        most web searches, 0 when none were asked for
/// @param schema             JSON schema of the answer; a missing node where plain text is wanted
/// @param request            the request as it came
record ModelCall(
  Dialect dialect,
  String model,
  String prompt,
  String promptHash,
  int maxOutputTokens,
  int maxReasoningTokens,
  int maxSearches,
  JsonNode schema,
  JsonNode request
) implements Understood {
  /// Searches of a request that sets no limit of its own.
  static final int MAX_SEARCHES = 4;

  static final JsonNode PLAIN_TEXT = JsonNodeFactory.instance.missingNode();

  /// A model thinks for at most this part of its token limit.
  private static final int REASONING_PART = 4;

  /// `path` names the model where the dialect does not have it in the body.
  static Understood read(Dialect dialect, String path, String body, JsonMapper json) {
    JsonNode request;
    try {
      request = json.readTree(body);
    } catch (JacksonException e) {
      return Refused.because(dialect, "We could not parse the JSON body of your request.");
    }
    if (!request.isObject()) {
      return Refused.because(dialect, "The JSON body of your request is not an object.");
    }
    return switch (dialect) {
      case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> OpenAiRequest.read(dialect, request);
      case GEMINI -> GeminiRequest.read(String.valueOf(Dialect.modelIn(path)), request);
      case ANTHROPIC -> AnthropicRequest.read(request);
    };
  }

  /// Reasoning that a model of this token limit spends at most.
  static int reasoningOf(int maxOutputTokens) {
    return maxOutputTokens / REASONING_PART;
  }

  /// The texts in these parts of a request, in order.
  static String prompt(JsonNode... parts) {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : parts) {
      collect(part, texts);
    }
    return String.join("\n\n", texts);
  }

  boolean wantsReasoning() {
    return maxReasoningTokens > 0;
  }

  boolean wantsSearch() {
    return maxSearches > 0;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isString()) {
      texts.add(node.stringValue());
    } else if (node.isArray()) {
      node.forEach(each -> collect(each, texts));
    } else if (node.isObject()) {
      List.of("content", "parts", "text")
        .stream()
        .filter(node::has)
        .findFirst()
        .ifPresent(field -> collect(node.path(field), texts));
    }
  }
}
