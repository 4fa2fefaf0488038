package dev.acm2.worker.call;

import dev.acm2.worker.provider.Stage;
import java.time.Duration;

/// What is told of the stages of one attempt, without a clock. An attempt that goes as everybody
/// assumes, which is that it waits for its first byte, tells nothing; what lasts is told after 1 s
/// and again after 2, 4, 8 … s, so that the longest body costs about ten events.
///
/// @param stage that goes on; of a body as it was first seen
/// @param sinceNanos when it was first seen
/// @param step how often it has been due in this stage
/// @param told the last text of the attempt, empty when there was none; a new one is to be told
record StageTelling(Stage stage, long sinceNanos, int step, String told) {
  static final StageTelling FRESH = new StageTelling(Stage.FIRST_BYTE, 0, 0, "");

  /// @param nanos of a clock that never goes back, when the stage was seen
  StageTelling seen(Stage seen, long nanos) {
    StageTelling now = isStill(seen) ? this : new StageTelling(seen, nanos, 0, told);
    return switch (seen) {
      // What was told before is not true any more, so it is not left standing.
      case Stage.FirstByte _ -> told.isEmpty()
        ? now
        : now.telling(nanos, "waiting for the first byte");
      case Stage.Connecting _ -> now.isDue(nanos) ? now.telling(nanos, "connecting") : now;
      case Stage.Body(int bytes) -> now.isDue(nanos) ? now.telling(nanos, body(bytes)) : now;
      case Stage.SelfTold _ -> now;
    };
  }

  /// A body of which nothing has come is a stage of its own.
  private boolean isStill(Stage seen) {
    return stage instanceof Stage.Body(int before) && seen instanceof Stage.Body(int after)
      ? (before == 0) == (after == 0)
      : stage.equals(seen);
  }

  private boolean isDue(long nanos) {
    return steps(nanos) > step;
  }

  /// One after 1 s, and one more each time that twice as much has passed.
  private int steps(long nanos) {
    long seconds = Duration.ofNanos(nanos - sinceNanos).toSeconds();
    return Long.SIZE - Long.numberOfLeadingZeros(seconds);
  }

  private StageTelling telling(long nanos, String text) {
    return new StageTelling(stage, sinceNanos, steps(nanos), text);
  }

  private static String body(int bytes) {
    return bytes == 0 ? "waiting for the body" : "receiving, " + ConsoleText.size(bytes);
  }
}
