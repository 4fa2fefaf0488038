package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sign of life of a live stream, which says how far what it tells is behind the log.
///
/// @param at now, by the gateway's clock
/// @param trouble why nothing can be told, null while all is well
/// @param runs each run of the stream
public record Pulse(Instant at, @Nullable Trouble trouble, List<OfRun> runs) {
  /// How the views of a run stand.
  ///
  /// @param behind events of the run's partition of the log that are in no view yet; null when that is not
  ///     known
  /// @param standingSince since when none of them was folded although some wait; null while it goes on
  public record OfRun(RunId runId, @Nullable Long behind, @Nullable Instant standingSince) {}

  /// What does not work.
  ///
  /// @param since when it was noticed
  public record Trouble(What what, Instant since, String reason) {}

  /// Where the trouble is.
  public enum What {
    /// The log does not answer.
    LOG,
    /// The log answers, but views of it are not read.
    FEED,
  }
}
