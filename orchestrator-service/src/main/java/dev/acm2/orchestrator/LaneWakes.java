package dev.acm2.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Looks at lanes again when time lets them go on. There is a timer only for a lane in which a call
/// waits for nothing but time.
final class LaneWakes {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final ProcessorContext<?, ?> context;
  private final BiConsumer<String, Instant> wake;
  private final Map<String, Timer> timers = new HashMap<>();

  private record Timer(Instant at, Cancellable cancellable) {}

  /// @param wake gets the lane and the time at which it is looked at
  LaneWakes(ProcessorContext<?, ?> context, BiConsumer<String, Instant> wake) {
    this.context = context;
    this.wake = wake;
  }

  /// @param at null when nothing waits for time
  void set(String lane, @Nullable Instant at) {
    Timer timer = timers.get(lane);
    if (timer != null && timer.at().equals(at)) {
      return;
    }
    cancel(lane);
    if (at != null) {
      timers.put(lane, new Timer(at, schedule(lane, at)));
    }
  }

  private Cancellable schedule(String lane, Instant at) {
    Duration left = Duration.between(Instant.ofEpochMilli(context.currentSystemTimeMs()), at);
    Duration delay = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    return context.schedule(delay, PunctuationType.WALL_CLOCK_TIME, now -> {
      cancel(lane);
      wake.accept(lane, Instant.ofEpochMilli(now));
    });
  }

  private void cancel(String lane) {
    Timer timer = timers.remove(lane);
    if (timer != null) {
      timer.cancellable().cancel();
    }
  }
}
