package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One message of a run's live stream. Values are absolute.
sealed interface Frame {
  /// Everything that is known.
  record Snapshot(Run run, List<Call> calls) implements Frame {}

  /// What changed since the frame before.
  record Delta(@Nullable Run run, List<Call> calls) implements Frame {}

  /// Forget everything; a snapshot follows.
  record Reset(String reason) implements Frame {}

  /// The server ends the stream on purpose.
  record Bye(String reason, long retryMs) implements Frame {
    private static final String DELETED = "deleted";

    /// Nothing of the run is left to come back for.
    boolean forGood() {
      return reason.equals(DELETED);
    }
  }

  /// @return empty for a kind that a newer server may send
  static Optional<Frame> of(SseEvent event) {
    return switch (event.event()) {
      case "snapshot" -> Optional.of(GatewayClient.read(event.data(), Snapshot.class));
      case "delta" -> Optional.of(GatewayClient.read(event.data(), Delta.class));
      case "reset" -> Optional.of(GatewayClient.read(event.data(), Reset.class));
      case "bye" -> Optional.of(GatewayClient.read(event.data(), Bye.class));
      default -> Optional.empty();
    };
  }
}
