package dev.acm2.providersimulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts how often a prompt or a request id was seen, so that a repeated request has luck of its
/// own and a retry does not meet the same fault for ever. Thread-safe.
final class Occurrences {

  private final Map<String, Integer> seen = new HashMap<>();

  /// Goes on where the entries of an earlier process left off.
  Occurrences(List<LedgerEntry> earlier) {
    for (LedgerEntry entry : earlier) {
      if (entry.model() != null && entry.promptHash() != null) {
        next(entry.model(), entry.promptHash(), entry.requestId());
      }
    }
  }

  synchronized Occurrence next(String model, String promptHash, @Nullable String requestId) {
    String prompt = model + "|" + promptHash;
    int repeat = count("prompt|" + prompt);
    String prompted = prompt + "|" + repeat;
    return requestId == null
      ? new Occurrence("prompt|" + prompted, prompted, repeat)
      : new Occurrence("id|" + requestId + "|" + count("id|" + requestId), prompted, repeat);
  }

  private int count(String key) {
    return seen.merge(key, 1, Integer::sum);
  }
}
