package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.Spend;
import org.jspecify.annotations.Nullable;

/// Counts tokens: the ones that a call can use before it is sent, and those that it used.
final class Tokens {

  /// No tokenizer makes more tokens of a text than one for each two bytes.
  private static final int BYTES_PER_TOKEN = 2;

  /// Bytes of what a judge is told of its task, whatever is judged.
  private static final long RULES = 8000;

  /// A judge reads the rubric in the prompt and once more in the schema of its answer.
  private static final long JUDGING = 2;

  private Tokens() {}

  /// The most that the input can be.
  static long input(Prompt prompt) {
    ArtifactRef judging = prompt.judging();
    long bytes =
      prompt.instructions().size() +
      prompt.inputs().stream().mapToLong(ArtifactRef::size).sum() +
      (judging == null ? 0 : RULES + JUDGING * judging.size());
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  /// The most that one request can use.
  static long ofRequest(Prompt prompt, int maxOutputTokens) {
    return input(prompt) + maxOutputTokens;
  }

  /// What the ended epoch used, null when it is not known. A call that was never started used nothing.
  static @Nullable Long of(CallEnded event) {
    Spend spend = event.spend();
    if (spend == null) {
      return event instanceof CallSkipped ? Long.valueOf(0) : null;
    }
    return of(spend);
  }

  static long of(Spend spend) {
    return spend.usage().inputTokens() + spend.usage().outputTokens();
  }
}
