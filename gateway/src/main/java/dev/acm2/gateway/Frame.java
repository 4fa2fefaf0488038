package dev.acm2.gateway;

import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a live stream sends. Values are absolute; versions only rise until a [Reset].
public sealed interface Frame {
  /// The version of the run that the client stands at after the frame.
  AsOf asOf();

  /// Everything, with the spec: replaces whatever the client has.
  record Snapshot(AsOf asOf, RunView run, List<CallView> calls) implements Frame {}

  /// The latest value of whatever changed since the frame before.
  record Delta(AsOf asOf, @Nullable RunView run, List<CallView> calls) implements Frame {}

  /// What the client has cannot be continued: a snapshot follows.
  record Reset(AsOf asOf, String reason) implements Frame {}

  /// The server ends the stream.
  ///
  /// @param retryMs pause before the client connects again, in milliseconds
  record Bye(AsOf asOf, String reason, int retryMs) implements Frame {}
}
