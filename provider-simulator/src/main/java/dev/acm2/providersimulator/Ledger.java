package dev.acm2.providersimulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every request that arrived, in order of arrival. Thread-safe. An entry is visible, and written
/// to the ledger file if there is one, before the first byte of its answer is sent; the end of a
/// complete answer is entered before its last byte is sent, so a client never holds an answer of an
/// open entry.
public final class Ledger {

  private final TreeMap<Long, LedgerEntry> entries = new TreeMap<>();
  private final @Nullable LedgerFile file;
  private long lastSequence;
  private int inFlight;

  Ledger(@Nullable LedgerFile file) {
    this.file = file;
    for (LedgerEntry entry : file == null ? List.<LedgerEntry>of() : file.recovered()) {
      entries.put(entry.sequence(), entry);
      lastSequence = Math.max(lastSequence, entry.sequence());
    }
  }

  /// A copy of all entries, oldest first.
  public List<LedgerEntry> entries() {
    return entries(0, "");
  }

  /// Entries after a sequence number whose request id starts with `requestIdPrefix` (empty: all).
  public synchronized List<LedgerEntry> entries(long since, String requestIdPrefix) {
    return entries
      .tailMap(since, false)
      .values()
      .stream()
      .filter(
        entry ->
          requestIdPrefix.isEmpty() ||
          (entry.requestId() != null && entry.requestId().startsWith(requestIdPrefix))
      )
      .toList();
  }

  public synchronized int count() {
    return entries.size();
  }

  /// Exchanges under way now.
  public synchronized int inFlight() {
    return inFlight;
  }

  /// Most exchanges under way at once among the entries kept, 0 for an empty ledger.
  public int peakConcurrency() {
    return peakConcurrency(entries());
  }

  /// Entries by model (`?` where it could not be read) and outcome.
  public Map<String, Map<String, Long>> summary() {
    return entries()
      .stream()
      .collect(
        Collectors.groupingBy(
          entry -> entry.model() == null ? "?" : entry.model(),
          TreeMap::new,
          Collectors.groupingBy(LedgerEntry::outcome, TreeMap::new, Collectors.counting())
        )
      );
  }

  /// Forgets all entries, in the file too. Exchanges under way go on, sequence numbers too.
  public synchronized void clear() {
    entries.clear();
    if (file != null) {
      file.truncate();
    }
  }

  static int peakConcurrency(List<LedgerEntry> entries) {
    return entries.stream().mapToInt(LedgerEntry::concurrency).max().orElse(0);
  }

  synchronized long arrive(Instant now, Arrival arrival) {
    inFlight++;
    LedgerEntry entry = new LedgerEntry(
      ++lastSequence,
      now,
      null,
      arrival.path(),
      arrival.model(),
      arrival.keyHash(),
      arrival.requestId(),
      arrival.promptHash(),
      LedgerEntry.IN_FLIGHT,
      null,
      false,
      inFlight
    );
    write(entry);
    return entry.sequence();
  }

  synchronized void finish(
    long sequence,
    Instant now,
    String outcome,
    @Nullable Integer status,
    boolean clientGone
  ) {
    inFlight--;
    LedgerEntry entry = entries.get(sequence);
    if (entry != null) {
      write(entry.finished(now, outcome, status, clientGone));
    }
  }

  /// Corrects an exchange that was finished and whose answer could then not be delivered.
  synchronized void undelivered(long sequence, String outcome, boolean clientGone) {
    LedgerEntry entry = entries.get(sequence);
    if (entry != null) {
      write(entry.finished(entry.finishedAt(), outcome, entry.status(), clientGone));
    }
  }

  synchronized void close() {
    if (file != null) {
      file.close();
    }
  }

  private void write(LedgerEntry entry) {
    if (file != null) {
      file.append(entry);
    }
    entries.put(entry.sequence(), entry);
  }

  /// What the ledger keeps of a request at its arrival.
  record Arrival(
    String path,
    @Nullable String model,
    @Nullable String keyHash,
    @Nullable String requestId,
    @Nullable String promptHash
  ) {}
}
