package dev.acm2.orchestrator;

import java.time.Instant;

/// The tokens of a lane. A call holds what it can use at most from its release to its end; at the end
/// this is replaced by what it really used, which counts for a minute from then.
///
/// Law: a call is released only when what is held, what is known of the last minute and what it will
/// hold itself are within the limit together. No provider counts a token before the release of its call
/// or after the end: so whenever it counts them, no 60 s hold more than the limit, as long as calls use
/// no more than they hold. A retry is not held back; what it can use is held as soon as it is announced,
/// and takes the place of releases.
///
/// A call that can use more than the whole limit is released when nothing is held and nothing known: it
/// waits for that, and nothing behind it passes it.
///
/// @param held by calls that were released and have not ended
/// @param known of calls that have ended
record TokenWindow(long held, MinuteWindow known) {
  static final TokenWindow EMPTY = new TokenWindow(0, MinuteWindow.EMPTY);

  TokenWindow holding(long more) {
    return new TokenWindow(held + more, known);
  }

  /// A call has ended.
  ///
  /// @param wasHeld by the call until now
  /// @param used by the call in truth
  TokenWindow ended(long wasHeld, long used, Instant now) {
    return new TokenWindow(held - wasHeld, known.with(now, used, now));
  }

  /// What is held, and what is known of the last minute.
  long sum(Instant now) {
    return held + known.sum(now);
  }

  /// @param wanted what the next call will hold
  Gate gate(int limit, long wanted, Instant now) {
    long room = limit - held - wanted;
    if (room < 0 && held > 0) {
      return Gate.SHUT;
    }
    return Gate.opensAt(known.opensAt(Math.max(0, room), now));
  }
}
