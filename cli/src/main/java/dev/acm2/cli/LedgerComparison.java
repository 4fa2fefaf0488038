package dev.acm2.cli;

import dev.acm2.cli.VerifyCommand.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Invariant I5: the provider's own ledger has as many requests of each release of a call as events
/// have attempts. Where nobody could say in the end how many they were, because the worker was lost or the
/// orchestrator ended the call, the two may differ by one.
final class LedgerComparison {

  private static final Pattern REQUEST_ID = Pattern.compile("([0-9a-f]{32})-(\\d+)-(\\d+)");
  private static final int SHOWN = 5;

  private LedgerComparison() {}

  /// Requests that the events of one release of a call tell of.
  ///
  /// @param told whether somebody said in the end how many they were
  record Attempts(String callId, int epoch, int attempts, boolean told) {}

  /// What a ledger says about one request.
  record Request(@Nullable String requestId) {}

  record Ledger(List<Request> requests) {}

  /// One release of a call.
  record Release(String callId, int epoch) implements Comparable<Release> {
    @Override
    public int compareTo(Release other) {
      int byCall = callId.compareTo(other.callId);
      return byCall == 0 ? Integer.compare(epoch, other.epoch) : byCall;
    }

    /// @return empty for requests of anybody else
    static Optional<Release> of(@Nullable String requestId) {
      Matcher matcher = REQUEST_ID.matcher(requestId == null ? "" : requestId);
      return matcher.matches()
        ? Optional.of(new Release(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
    }
  }

  /// @param recorded attempts by release; a missing release has none
  /// @param calls all calls of the run; requests of other calls are not looked at
  static Invariant compare(List<Attempts> recorded, List<Call> calls, List<Request> requests) {
    Map<Release, Integer> expected = new TreeMap<>();
    Set<Release> untold = new HashSet<>();
    recorded.forEach(each -> {
      Release release = new Release(each.callId(), each.epoch());
      expected.merge(release, each.attempts(), Integer::sum);
      if (!each.told()) {
        untold.add(release);
      }
    });
    Map<Release, Integer> sent = sent(
      requests,
      calls.stream().map(Call::callId).collect(Collectors.toSet())
    );
    List<String> differences = new ArrayList<>();
    Map<Release, Integer> all = new TreeMap<>(expected);
    sent.forEach(all::putIfAbsent);
    for (Release release : all.keySet()) {
      int events = expected.getOrDefault(release, 0);
      int ledger = sent.getOrDefault(release, 0);
      if (Math.abs(events - ledger) > (untold.contains(release) ? 1 : 0)) {
        differences.add(
          release.callId() +
            " epoch " +
            release.epoch() +
            ": " +
            ledger +
            " in the ledger, " +
            events +
            " in events"
        );
      }
    }
    return new Invariant("I5", differences.isEmpty(), detail(sent, expected, differences));
  }

  private static Map<Release, Integer> sent(List<Request> requests, Set<String> calls) {
    Map<Release, Integer> sent = new HashMap<>();
    for (Request request : requests) {
      Release.of(request.requestId())
        .filter(release -> calls.contains(release.callId()))
        .ifPresent(release -> sent.merge(release, 1, Integer::sum));
    }
    return sent;
  }

  private static String detail(
    Map<Release, Integer> sent,
    Map<Release, Integer> expected,
    List<String> differences
  ) {
    String totals =
      total(sent) + " requests in the ledger, " + total(expected) + " attempts in events";
    String more =
      differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "";
    return differences.isEmpty()
      ? totals
      : totals + "; " + String.join("; ", differences.stream().limit(SHOWN).toList()) + more;
  }

  private static int total(Map<Release, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
