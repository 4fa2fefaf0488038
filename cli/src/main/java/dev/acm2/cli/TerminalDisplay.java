package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A block that is redrawn with each frame and each second.
final class TerminalDisplay implements Display {

  private final PrintWriter out;
  private final int columns;
  private final Screen screen = new Screen();

  TerminalDisplay(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void frame(SseEvent frame, LiveRun live, Instant now) {
    tick(live, now, null);
  }

  @Override
  public void tick(LiveRun live, Instant now, @Nullable String note) {
    out.print(screen.redraw(ProgressBlock.render(live, now, columns, note)));
    out.flush();
  }
}
