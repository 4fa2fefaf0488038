package dev.acm2.worker;

import dev.acm2.contract.ContractJson;
import tools.jackson.databind.node.ObjectNode;

/// Bodies as providers send them.
public final class Answers {

  private Answers() {}

  /// A completed answer of the Responses API that used 100 input and 20 output tokens.
  public static ObjectNode responses(String text) {
    ObjectNode answer = ContractJson.EVENTS.createObjectNode().put("status", "completed");
    addText(answer, text);
    usage(answer, 100, 20);
    return answer;
  }

  /// One more message with one part of text.
  public static void addText(ObjectNode answer, String text) {
    ObjectNode message = answer
      .withArray("/output")
      .addObject()
      .put("type", "message")
      .put("status", "completed");
    message.putArray("content").addObject().put("type", "output_text").put("text", text);
  }

  public static void usage(ObjectNode answer, int input, int output) {
    answer.putObject("usage").put("input_tokens", input).put("output_tokens", output);
  }

  /// A finished answer of the chat completions API.
  public static ObjectNode chat(String text, String finishReason) {
    ObjectNode answer = ContractJson.EVENTS.createObjectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("finish_reason", finishReason);
    choice.putObject("message").put("role", "assistant").put("content", text);
    answer.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 20);
    return answer;
  }

  /// The error shape of OpenAI.
  public static String error(String message, String code) {
    ObjectNode body = ContractJson.EVENTS.createObjectNode();
    body.putObject("error").put("message", message).put("type", "error").put("code", code);
    return body.toString();
  }
}
