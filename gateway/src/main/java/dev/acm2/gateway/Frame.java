package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a live stream sends of a run. Values are absolute; versions only rise until a [Reset].
public sealed interface Frame {
  RunId runId();

  /// Everything, with the spec: replaces whatever the client has.
  ///
  /// @param asOf the version of the run that the client stands at after the frame
  /// @param at when the frame was made, by the gateway's clock
  record Snapshot(
    RunId runId,
    AsOf asOf,
    Instant at,
    RunView run,
    List<CallView> calls
  ) implements Frame {}

  /// The latest value of whatever changed since the frame before.
  ///
  /// @param asOf the version of the run that the client stands at after the frame
  /// @param at when the frame was made, by the gateway's clock
  record Delta(
    RunId runId,
    AsOf asOf,
    Instant at,
    @Nullable RunView run,
    List<CallView> calls
  ) implements Frame {}

  /// What the client has cannot be continued: a snapshot follows.
  record Reset(RunId runId, AsOf asOf, String reason) implements Frame {}

  /// The server tells no more of the run, for now.
  ///
  /// @param retryMs pause before the client asks again, in milliseconds
  record Bye(RunId runId, AsOf asOf, String reason, int retryMs) implements Frame {}

  /// There is nothing to tell of the run. A stream of many runs goes on with the others.
  record Gone(RunId runId, GoneReason reason) implements Frame {}

  /// Why there is nothing to tell.
  enum GoneReason {
    UNKNOWN,
    DELETED,
  }
}
