package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Gone;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.projection.AsOf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Frames as they go over the wire: server-sent events.
enum FrameText {
  /// Of a stream of one run: the id is the version, as a browser hands it back by itself.
  ONE_RUN,
  /// Of a stream of many runs: the id names the run, too, in the form in which it is taken back.
  MANY_RUNS;

  /// Says that the stream is open, before there is anything to tell.
  static final byte[] OPEN = utf8(": open\n\n");

  /// A comment beside it is a sign of life also to who does not know the event.
  static byte[] of(Pulse pulse) {
    return event(": heartbeat\n\n", "pulse", pulse);
  }

  byte[] of(Frame frame) {
    return switch (frame) {
      case Snapshot snapshot -> event(id(snapshot, snapshot.asOf()), "snapshot", snapshot);
      case Delta delta -> event(id(delta, delta.asOf()), "delta", delta);
      // Only frames after which the client stands at the version carry it as their id.
      case Reset reset -> event("", "reset", reset);
      case Bye bye -> event("retry: " + bye.retryMs() + "\n", "bye", bye);
      case Gone gone -> event("", "gone", gone);
    };
  }

  private String id(Frame frame, AsOf asOf) {
    return switch (this) {
      case ONE_RUN -> "id: " + asOf.id() + "\n";
      case MANY_RUNS -> "id: " + frame.runId() + "@" + asOf.id() + "\n";
    };
  }

  private static byte[] event(String head, String name, Object data) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(utf8(head + "event: " + name + "\ndata: "));
    text.writeBytes(ContractJson.VIEWS.writeValueAsBytes(data));
    text.writeBytes(utf8("\n\n"));
    return text.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
