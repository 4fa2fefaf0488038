package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;

/// The calls of one lane: the waiting ones by run and number, and which (call, epoch) is known.
interface LaneEntries {
  /// Where a (call, epoch) stands in the lane.
  enum Standing {
    UNKNOWN,
    WAITING,
    RELEASED,
  }

  Standing standing(CallId callId, int epoch);

  /// [Standing#UNKNOWN] forgets it.
  void mark(CallId callId, int epoch, Standing standing);

  /// Tokens that a released call holds, 0 when that is not known.
  long held(CallId callId, int epoch);

  /// The call is released, and holds so many tokens from now on.
  void hold(CallId callId, int epoch, long tokens);

  void add(RunId runId, long number, LaneCommand.Enqueue call);

  /// A waiting call, which stays where it is.
  LaneCommand.Enqueue peek(RunId runId, long number);

  /// Takes a waiting call out.
  LaneCommand.Enqueue take(RunId runId, long number);
}
