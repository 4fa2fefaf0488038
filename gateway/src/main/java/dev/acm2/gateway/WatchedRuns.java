package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The runs that one client wants to watch, and what it has of them already.
///
/// @param runs at least one
/// @param from of some of them, as the client says
record WatchedRuns(SequencedSet<RunId> runs, Map<RunId, String> from) {
  private static final int MOST = 20;

  /// @param runs of the parameter `run`
  /// @param from of the parameter `from`, each `<run>@<generation.partition.offset>`
  /// @throws ProblemException validation, invalid-id
  static WatchedRuns parse(@Nullable List<String> runs, @Nullable List<String> from) {
    if (runs == null || runs.isEmpty() || runs.size() > MOST) {
      throw ProblemException.invalidField("run", "run must be given 1 to " + MOST + " times");
    }
    SequencedSet<RunId> watched = new LinkedHashSet<>();
    runs.forEach(text -> watched.add(runId(text, "run")));
    Map<RunId, String> known = new HashMap<>();
    for (String text : from == null ? List.<String>of() : from) {
      addFrom(text, watched, known);
    }
    return new WatchedRuns(watched, known);
  }

  private static void addFrom(String text, SequencedSet<RunId> watched, Map<RunId, String> known) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw ProblemException.invalidField("from", "from must be <run>@<id of a frame>");
    }
    RunId runId = runId(text.substring(0, at), "from");
    if (!watched.contains(runId) || known.put(runId, text.substring(at + 1)) != null) {
      throw ProblemException.invalidField("from", "from must name each run once, and only those");
    }
  }

  private static RunId runId(String text, String field) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("the id of a run", text, field);
    }
  }
}
