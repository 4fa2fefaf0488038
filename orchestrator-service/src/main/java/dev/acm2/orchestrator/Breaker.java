package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a run goes on sending calls to a model that fails in the same way again and again.
///
/// Laws, with k = `failures`, n = `probes`:
/// - An answer that cannot be read is asked for once more, so a call may be paid twice for it: each of the
///   two counts as a failure in the row, and until a call of the run has succeeded on the model, calls
///   under way count twice. So a model that never answers well gets at most k paid requests before it is
///   left alone, and at most k + n calls, whatever the concurrency.
/// - After a first success the calls already under way at the k-th failure are not called back: at most k
///   + n + `concurrency` - 1 calls.
/// - A success closes it again; a failure of another kind begins a new row.
/// - It moves by facts of the log alone. The time before a probe is the lane's to keep: folding the log
///   gives the same breaker.
///
/// @param proven whether a call of the run has succeeded on the model
/// @param fingerprint kind and status of the failures in a row, null for none
/// @param failures in a row
/// @param probeAt of an open breaker: when one call may try, at the earliest
/// @param probe the call that tries
/// @param failedProbes in a row
record Breaker(
  Status status,
  boolean proven,
  @Nullable String fingerprint,
  int failures,
  @Nullable Instant probeAt,
  @Nullable CallId probe,
  int failedProbes
) {
  /// Where it stands.
  enum Status {
    CLOSED,
    /// One call may be released to the lane, which holds it until its time; nothing else.
    OPEN,
    /// That call was released.
    PROBING,
    /// Nothing will be sent any more.
    GIVEN_UP,
  }

  /// How often a call asks a model that gives unreadable answers.
  private static final int ASKED_AT_MOST = 2;

  static final Breaker FRESH = closed(false);

  private static Breaker closed(boolean proven) {
    return new Breaker(Status.CLOSED, proven, null, 0, null, null, 0);
  }

  /// Whether one more call may be sent beside those under way.
  boolean admits(int underWay, BreakerRules rules) {
    return switch (status) {
      case CLOSED -> proven || ASKED_AT_MOST * underWay + failures < rules.failures();
      case OPEN -> true;
      case PROBING, GIVEN_UP -> false;
    };
  }

  Breaker sent(CallId callId) {
    return status == Status.OPEN ? in(Status.PROBING, null, callId) : this;
  }

  Breaker succeeded() {
    return status == Status.GIVEN_UP ? this : closed(true);
  }

  Breaker failed(CallId callId, String how, Instant at, BreakerRules rules) {
    return switch (status) {
      case CLOSED -> counted(how, at, rules);
      case PROBING -> callId.equals(probe) ? probeFailed(at, rules) : this;
      case OPEN, GIVEN_UP -> this;
    };
  }

  /// A call that goes on had an answer that cannot be used.
  Breaker answeredBadly(String how, Instant at, BreakerRules rules) {
    return status == Status.CLOSED ? counted(how, at, rules) : this;
  }

  /// The end of a call that says nothing about the model.
  Breaker undecided(CallId callId, Instant at, BreakerRules rules) {
    return status == Status.PROBING && callId.equals(probe)
      ? in(Status.OPEN, at.plus(rules.probeAfter()), null)
      : this;
  }

  private Breaker counted(String how, Instant at, BreakerRules rules) {
    int row = how.equals(fingerprint) ? failures + 1 : 1;
    Breaker counted = new Breaker(status, proven, how, row, null, null, 0);
    return row < rules.failures()
      ? counted
      : counted.in(Status.OPEN, at.plus(rules.probeAfter()), null);
  }

  private Breaker probeFailed(Instant at, BreakerRules rules) {
    boolean last = failedProbes + 1 >= rules.probes();
    return new Breaker(
      last ? Status.GIVEN_UP : Status.OPEN,
      proven,
      fingerprint,
      failures,
      last ? null : at.plus(rules.probeAfter()),
      null,
      failedProbes + 1
    );
  }

  private Breaker in(Status next, @Nullable Instant due, @Nullable CallId trying) {
    return new Breaker(next, proven, fingerprint, failures, due, trying, failedProbes);
  }
}
