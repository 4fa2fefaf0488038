package dev.acm2.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the next call may go.
///
/// @param open it may go now
/// @param at when a gate that is not open has to be looked at again, no earlier than that; null when only
///     the end of another call can open it
record Gate(boolean open, @Nullable Instant at) {
  static final Gate OPEN = new Gate(true, null);
  static final Gate SHUT = new Gate(false, null);

  /// @param at null for now
  static Gate opensAt(@Nullable Instant at) {
    return at == null ? OPEN : new Gate(false, at);
  }

  /// Both have to let the call through.
  Gate and(Gate other) {
    if (open) {
      return other;
    }
    if (other.open) {
      return this;
    }
    if (at == null || other.at == null) {
      return SHUT;
    }
    return at.isAfter(other.at) ? this : other;
  }
}
