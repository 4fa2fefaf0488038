package dev.acm2.worker.intake;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether something that should go on for ever still does.
public final class Pulse {

  private final Duration longestSilence;
  private volatile long lastBeat = System.nanoTime();
  private volatile @Nullable String problem = "has not begun";

  /// @param longestSilence between two beats
  public Pulse(Duration longestSilence) {
    this.longestSilence = longestSilence;
  }

  /// All is well.
  public void beat() {
    lastBeat = System.nanoTime();
    problem = null;
  }

  /// Stays until the next beat.
  public void failed(String message) {
    problem = message;
  }

  /// What is wrong now, empty when nothing is.
  public Optional<String> problem() {
    String known = problem;
    if (known != null) {
      return Optional.of(known);
    }
    Duration silence = Duration.ofNanos(System.nanoTime() - lastBeat);
    return silence.compareTo(longestSilence) > 0
      ? Optional.of("silent for " + silence.toSeconds() + " s")
      : Optional.empty();
  }
}
