package dev.acm2.providersimulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts how often a prompt or a request id was seen, so that a repeated request has luck of its
/// own and a retry does not meet the same fault for ever. Thread-safe.
final class Occurrences {

  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<String, Map<String, Integer>> judgingCalls = new HashMap<>();

  /// Goes on where the entries of an earlier process left off.
  Occurrences(List<LedgerEntry> earlier) {
    for (LedgerEntry entry : earlier) {
      if (entry.model() != null && entry.promptHash() != null) {
        next(entry.model(), entry.promptHash(), entry.requestId(), null);
      }
    }
  }

  /// @param subject what is judged, null when nothing is. A verdict hangs on it and on how many calls
  ///     have asked about it, so that a call that asks again hears the same.
  synchronized Occurrence next(
    String model,
    String promptHash,
    @Nullable String requestId,
    @Nullable String subject
  ) {
    String prompt = model + "|" + promptHash;
    int repeat = count("prompt|" + prompt);
    String prompted = prompt + "|" + repeat;
    String call = requestId == null ? null : requestId.split("-", 2)[0];
    return new Occurrence(
      requestId == null ? "prompt|" + prompted : "id|" + requestId + "|" + count("id|" + requestId),
      subject == null ? prompted : judged(model + "|" + subject, call == null ? prompted : call),
      repeat,
      call == null ? repeat : count("call|" + call)
    );
  }

  private String judged(String subject, String call) {
    Map<String, Integer> calls = judgingCalls.computeIfAbsent(subject, key -> new HashMap<>());
    int place = calls.size() + 1;
    return subject + "|" + calls.computeIfAbsent(call, key -> place);
  }

  private int count(String key) {
    return seen.merge(key, 1, Integer::sum);
  }
}
