package dev.acm2.cli;

import java.time.Duration;

/// A wait between two requests.
final class Pause {

  private Pause() {}

  /// @throws CliFailure when the command is interrupted meanwhile
  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.UNAVAILABLE, "interrupted while waiting", e);
    }
  }
}
