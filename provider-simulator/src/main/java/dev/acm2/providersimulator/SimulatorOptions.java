package dev.acm2.providersimulator;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a simulator is set up. Start from [#defaults()] and change what matters.
///
/// @param host       address to bind; the control paths are open to everyone who reaches it
/// @param port       0 takes a free one
/// @param seed       the same seed gives the same latency, faults and texts for the same requests
/// @param speed      divides the drawn latency; above 0
/// @param latency    fixed latency for every request instead of the draw, or null
/// @param faults     shares in force at the start
/// @param retryAfter what RATE_LIMIT asks for, sent in whole seconds
/// @param ledgerFile JSON lines that survive the process, or null to keep the ledger in memory only
/// @param judges     how good each model writes and how it judges, at the start
public record SimulatorOptions(
  String host,
  int port,
  long seed,
  double speed,
  @Nullable Duration latency,
  FaultShares faults,
  Duration retryAfter,
  @Nullable Path ledgerFile,
  JudgeOptions judges
) {
  /// Spread of the logarithm of the latency, as seen in 393 recorded calls (0.21 to 0.39 by model).
  private static final double SIGMA = 0.35;

  public SimulatorOptions {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed is above 0, not " + speed);
    }
    if (latency != null && latency.isNegative()) {
      throw new IllegalArgumentException("latency is not negative: " + latency);
    }
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException("retry-after is not negative: " + retryAfter);
    }
  }

  /// Loopback, a free port, seed 1, twenty times real speed, no faults, ledger in memory.
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
      "127.0.0.1",
      0,
      1,
      20,
      null,
      FaultShares.NONE,
      Duration.ofSeconds(1),
      null,
      JudgeOptions.DEFAULTS
    );
  }

  public SimulatorOptions withSpeed(double changed) {
    return new SimulatorOptions(
      host,
      port,
      seed,
      changed,
      latency,
      faults,
      retryAfter,
      ledgerFile,
      judges
    );
  }

  public SimulatorOptions withLatency(@Nullable Duration changed) {
    return new SimulatorOptions(
      host,
      port,
      seed,
      speed,
      changed,
      faults,
      retryAfter,
      ledgerFile,
      judges
    );
  }

  public SimulatorOptions withFaults(FaultShares changed) {
    return new SimulatorOptions(
      host,
      port,
      seed,
      speed,
      latency,
      changed,
      retryAfter,
      ledgerFile,
      judges
    );
  }

  public SimulatorOptions withLedgerFile(Path changed) {
    return new SimulatorOptions(
      host,
      port,
      seed,
      speed,
      latency,
      faults,
      retryAfter,
      changed,
      judges
    );
  }

  public SimulatorOptions withJudges(JudgeOptions changed) {
    return new SimulatorOptions(
      host,
      port,
      seed,
      speed,
      latency,
      faults,
      retryAfter,
      ledgerFile,
      changed
    );
  }

  LatencyModel latencyModel() {
    return new LatencyModel(speed, SIGMA, latency);
  }
}
