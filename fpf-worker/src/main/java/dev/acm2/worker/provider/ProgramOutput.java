package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Timings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// What a program writes: the answer on its standard output, and on its standard error how it gets
/// on.
final class ProgramOutput {

  static final int PROGRESS_LIMIT = 2 * 1024 * 1024;

  private final long startedAt = System.nanoTime();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final CappedBytes progress = new CappedBytes(PROGRESS_LIMIT);
  private final LineFeed lines;
  private volatile long firstByteAt;

  /// @param lines hears each line of the progress as it comes
  ProgramOutput(Consumer<String> lines) {
    this.lines = new LineFeed(lines);
  }

  /// Reads to the end, or until there is more than [HttpExchanges#BODY_LIMIT].
  void readAnswer(InputStream stdout) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = stdout.read(buffer); read >= 0; read = stdout.read(buffer)) {
      noteFirstByte();
      if (!append(buffer, read)) {
        return;
      }
    }
  }

  private synchronized boolean append(byte[] buffer, int length) {
    answer.write(buffer, 0, Math.min(length, HttpExchanges.BODY_LIMIT + 1 - answer.size()));
    return !isTooLarge();
  }

  void readProgress(InputStream stderr) throws IOException {
    byte[] buffer = new byte[8192];
    try {
      for (int read = stderr.read(buffer); read >= 0; read = stderr.read(buffer)) {
        noteFirstByte();
        progress.write(buffer, read);
        lines.write(buffer, read);
      }
    } finally {
      lines.end();
    }
  }

  private void noteFirstByte() {
    if (firstByteAt == 0) {
      firstByteAt = System.nanoTime();
    }
  }

  synchronized boolean isTooLarge() {
    return answer.size() > HttpExchanges.BODY_LIMIT;
  }

  synchronized byte[] answer() {
    return answer.toByteArray();
  }

  /// The progress.
  ///
  /// @param withAnswer whether the answer comes before it, in a line: when it became no document
  Arrived arrived(boolean withAnswer) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] unused = withAnswer ? answer() : new byte[0];
    if (unused.length > 0) {
      String text = new String(unused, StandardCharsets.UTF_8);
      body.writeBytes(ContractJson.EVENTS.writeValueAsBytes(Map.of("stdout", text)));
      body.write('\n');
    }
    body.writeBytes(progress.kept());
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    Duration first = firstByteAt == 0 ? total : Duration.ofNanos(firstByteAt - startedAt);
    Map<String, String> headers = Map.of("content-type", "text/plain");
    return new Arrived(null, headers, body.toByteArray(), new Timings(first, total));
  }
}
