package dev.acm2.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as the frames so far tell it. Of each call the newest version counts.
final class LiveRun {

  private @Nullable Run run;
  private final Map<String, Call> calls = new HashMap<>();

  void apply(Frame frame) {
    switch (frame) {
      case Frame.Snapshot(Run all, List<Call> known) -> {
        calls.clear();
        run = all;
        known.forEach(this::accept);
      }
      case Frame.Delta(Run changed, List<Call> known) -> {
        run = changed == null ? run : changed;
        known.forEach(this::accept);
      }
      case Frame.Reset _ -> calls.clear();
      case Frame.Bye _ -> {
        // Nothing is known that was not known before.
      }
    }
  }

  private void accept(Call call) {
    calls.merge(call.callId(), call, (old, now) -> now.version() >= old.version() ? now : old);
  }

  /// Null before the first snapshot.
  @Nullable
  Run run() {
    return run;
  }

  /// Calls under way, the one that started first first.
  List<Call> inFlight() {
    return calls
      .values()
      .stream()
      .filter(Call::inFlight)
      .sorted(
        Comparator.comparing(
          Call::startedAt,
          Comparator.nullsLast(Comparator.naturalOrder())
        ).thenComparing(Call::callId)
      )
      .toList();
  }
}
