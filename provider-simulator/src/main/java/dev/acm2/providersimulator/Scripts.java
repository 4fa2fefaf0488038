package dev.acm2.providersimulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Behaviours that tests and harnesses set by model name. Queued ones come first, each taken by
/// exactly one request, then the standing one. Thread-safe.
final class Scripts {

  private final Map<String, Deque<Behaviour>> queued = new HashMap<>();
  private final Map<String, Behaviour> standing = new HashMap<>();

  synchronized void queue(String model, List<Behaviour> next) {
    queued.computeIfAbsent(model, key -> new ArrayDeque<>()).addAll(next);
  }

  synchronized void always(String model, Behaviour behaviour) {
    standing.put(model, behaviour);
  }

  synchronized void clear() {
    queued.clear();
    standing.clear();
  }

  /// Null where nothing is scripted for the model.
  synchronized @Nullable Behaviour next(String model) {
    Deque<Behaviour> waiting = queued.get(model);
    Behaviour first = waiting == null ? null : waiting.poll();
    return first == null ? standing.get(model) : first;
  }
}
