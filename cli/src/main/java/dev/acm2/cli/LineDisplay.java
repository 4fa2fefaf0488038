package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line for each change of the counters or of the connection.
final class LineDisplay implements Display {

  private final PrintWriter out;
  private Run.@Nullable Stats shown;
  private String status = "";
  private @Nullable String noted;

  LineDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void frame(SseEvent frame, LiveRun live, Instant now) {
    Run run = live.run();
    noted = null;
    if (run != null && !(run.stats().equals(shown) && ProgressBlock.status(run).equals(status))) {
      shown = run.stats();
      status = ProgressBlock.status(run);
      print(ProgressBlock.line(run));
    }
  }

  @Override
  public void tick(LiveRun live, Instant now, @Nullable String note) {
    if (note != null && !note.equals(noted)) {
      noted = note;
      print(note);
    }
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
