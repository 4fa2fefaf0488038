package dev.acm2.worker.call;

import dev.acm2.contract.ConsoleLine;

/// Where lines for those who watch a run go.
public interface ConsoleSink {
  /// Returns at once and throws nothing: a line may get lost, which is told, but it never holds up
  /// a call.
  void say(ConsoleLine line);
}
