package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import dev.acm2.contract.ContractJson;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a live run is shown.
interface Display {
  /// A frame has been applied.
  void frame(SseEvent frame, LiveRun live, Instant now);

  /// A second went by.
  ///
  /// @param note about the connection, null when there is nothing to say
  void tick(LiveRun live, Instant now, @Nullable String note);

  /// The one that fits: frames as JSON lines, a block in a terminal, lines elsewhere.
  static Display of(PrintWriter out, boolean json) {
    if (json) {
      return new JsonDisplay(out);
    }
    return Terminal.present() ? new TerminalDisplay(out, Terminal.columns()) : new LineDisplay(out);
  }

  /// One JSON document a line: `{"id", "event", "data"}`.
  record JsonDisplay(PrintWriter out) implements Display {
    @Override
    public void frame(SseEvent frame, LiveRun live, Instant now) {
      String id = ContractJson.VIEWS.writeValueAsString(frame.id());
      String kind = ContractJson.VIEWS.writeValueAsString(frame.event());
      out.println("{\"id\":" + id + ",\"event\":" + kind + ",\"data\":" + frame.data() + "}");
      out.flush();
    }

    @Override
    public void tick(LiveRun live, Instant now, @Nullable String note) {
      // Time alone changes no value.
    }
  }
}
