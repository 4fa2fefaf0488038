package dev.acm2.standalone.pipeline;

import dev.acm2.providersimulator.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What a provider had to bear, by its own ledger: I10 is about this.
final class ProviderLoad {

  private ProviderLoad() {}

  /// Most calls with a request under way at once, by model. A request whose client is gone ends for the
  /// provider when it notices; it is counted for no longer than its client may have held on to it.
  ///
  /// @param attemptTimeout the client's
  static Map<String, Integer> peaks(List<LedgerEntry> entries, Duration attemptTimeout) {
    Map<String, List<LedgerEntry>> byModel = new HashMap<>();
    entries.forEach(entry ->
      byModel.computeIfAbsent(String.valueOf(entry.model()), _ -> new ArrayList<>()).add(entry)
    );
    Map<String, Integer> peaks = new TreeMap<>();
    byModel.forEach((model, own) -> peaks.put(model, peak(own, attemptTimeout)));
    return peaks;
  }

  /// Most requests in any `window`, both ends included.
  static int mostWithin(Duration window, List<LedgerEntry> entries) {
    Deque<Instant> inside = new ArrayDeque<>();
    int most = 0;
    for (Instant at : entries.stream().map(LedgerEntry::receivedAt).sorted().toList()) {
      inside.addLast(at);
      while (Duration.between(inside.getFirst(), at).compareTo(window) > 0) {
        inside.removeFirst();
      }
      most = Math.max(most, inside.size());
    }
    return most;
  }

  private static int peak(List<LedgerEntry> entries, Duration attemptTimeout) {
    int peak = 0;
    for (LedgerEntry arrival : entries) {
      Set<String> underWay = new HashSet<>();
      for (LedgerEntry other : entries) {
        if (
          !other.receivedAt().isAfter(arrival.receivedAt()) &&
          end(other, attemptTimeout).isAfter(arrival.receivedAt())
        ) {
          underWay.add(Ledgers.callIdOf(other));
        }
      }
      peak = Math.max(peak, underWay.size());
    }
    return peak;
  }

  private static Instant end(LedgerEntry entry, Duration attemptTimeout) {
    Instant noticed = Objects.requireNonNullElse(entry.finishedAt(), Instant.MAX);
    Instant atTheLatest = entry.receivedAt().plus(attemptTimeout);
    return entry.clientGone() && atTheLatest.isBefore(noticed) ? atTheLatest : noticed;
  }
}
