package dev.acm2.worker;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.worker.call.ConsoleSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is said.
public final class RecordingConsole implements ConsoleSink {

  private final List<ConsoleLine> lines = new CopyOnWriteArrayList<>();

  @Override
  public void say(ConsoleLine line) {
    lines.add(line);
  }

  public List<ConsoleLine> lines() {
    return List.copyOf(lines);
  }

  /// Each as its level and its text.
  public List<String> texts() {
    return lines
      .stream()
      .map(line -> line.level() + " " + line.text())
      .toList();
  }
}
