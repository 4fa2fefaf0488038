package dev.acm2.providersimulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The ledger as JSON lines: one at the arrival and one at the end of each exchange; the last line
/// of a sequence number counts. Written through to the operating system line by line, so it
/// survives the death of the process (not of the machine). A line torn by that death is cut off at
/// opening.
final class LedgerFile {

  private final JsonMapper json;
  private final FileChannel channel;
  private final List<LedgerEntry> recovered;

  LedgerFile(Path path, JsonMapper json) {
    this.json = json;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      recovered = recover(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the ledger file " + path, e);
    }
  }

  /// What earlier processes had written; exchanges that they left open are LOST.
  List<LedgerEntry> recovered() {
    return recovered;
  }

  void append(LedgerEntry entry) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(json.writeValueAsString(entry) + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the ledger file", e);
    }
  }

  void truncate() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear the ledger file", e);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the ledger file", e);
    }
  }

  private List<LedgerEntry> recover(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int whole = endOfLastLine(bytes);
    channel.truncate(whole);
    channel.position(whole);
    TreeMap<Long, LedgerEntry> latest = new TreeMap<>();
    new String(bytes, 0, whole, StandardCharsets.UTF_8)
      .lines()
      .map(line -> json.readValue(line, LedgerEntry.class))
      .forEach(entry -> latest.put(entry.sequence(), entry));
    return latest.values().stream().map(LedgerFile::closed).toList();
  }

  private static int endOfLastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static LedgerEntry closed(LedgerEntry entry) {
    return entry.finishedAt() == null
      ? entry.finished(null, LedgerEntry.LOST, entry.status(), entry.clientGone())
      : entry;
  }
}
