package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog.Entry;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.gateway.Verification.Attempts;
import dev.acm2.gateway.Verification.Invariant;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunStats;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The invariants of one run, checked event by event as its log is read. Pure.
final class LogCheck {

  private static final int SHOWN = 5;

  private final RunId runId;
  private final int generation;
  private final int partition;
  private final RunProjection projection = new RunProjection();
  private final CallCheck calls;
  private final CancelCheck cancels = new CancelCheck();
  private final List<String> unbalanced = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  LogCheck(RunId runId, int generation, int partition) {
    this.runId = runId;
    this.generation = generation;
    this.partition = partition;
    calls = new CallCheck(runId);
  }

  /// Takes the next event of the run.
  void accept(Entry entry) {
    try {
      projection.apply(entry.recorded(), new AsOf(generation, partition, entry.offset()));
    } catch (RuntimeException e) {
      failures.add("event " + entry.offset() + " cannot be folded: " + e.getMessage());
      return;
    }
    calls.accept(entry);
    cancels.accept(entry);
    checkBalance(entry.offset());
  }

  /// The result, against the tables as they were at the last event.
  Verification compare(RunRows rows) {
    List<String> differences = new ArrayList<>(failures);
    differences.addAll(Differences.of(projection, rows));
    String digest = projection.digest();
    String tables = RunProjection.digest(rows.run(), rows.calls());
    if (differences.isEmpty() && !digest.equals(tables)) {
      differences.add("the digest is " + digest + " in the log and " + tables + " in the tables");
    }
    List<Invariant> invariants = List.of(
      invariant("I1", "planned is the sum of all states, at every version", balance()),
      invariant("I2", "the tables are the fold of the log", differences),
      invariant("I3", "ends were appended by the deadline + 5 s", calls.lateEnds()),
      invariant("I4", "one end and at most one start each", calls.doubles(projection)),
      invariant("I7", "every event is of a call of this run", calls.strangers()),
      invariant("I9", "what is cancelled starts nothing and ends in 5 s", cancels.violations())
    );
    boolean ok = invariants.stream().allMatch(Invariant::ok);
    return new Verification(
      runId,
      ok,
      rows.run().asOf(),
      digest,
      invariants,
      List.copyOf(differences),
      attempts()
    );
  }

  private void checkBalance(long offset) {
    RunView run = projection.run();
    if (run != null && stats(run).anyMatch(stats -> !stats.balanced())) {
      unbalanced.add("unbalanced at event " + offset);
    }
  }

  private List<String> balance() {
    List<String> violations = new ArrayList<>(unbalanced);
    RunView run = projection.run();
    if (run != null && run.status() == RunStatus.FINISHED) {
      RunStats end = run.stats();
      if (end.queued() != 0 || end.inFlight() != 0) {
        violations.add(
          "the run has finished with " +
            end.queued() +
            " calls queued and " +
            end.inFlight() +
            " in flight"
        );
      }
    }
    return violations;
  }

  private static Stream<RunStats> stats(RunView run) {
    return Stream.of(List.of(run.stats()), run.byPhase().values(), run.byModel().values()).flatMap(
      Collection::stream
    );
  }

  private List<Attempts> attempts() {
    return projection.calls().stream().flatMap(this::attempts).toList();
  }

  private Stream<Attempts> attempts(CallView call) {
    CallId id = call.callId();
    return call
      .spendByEpoch()
      .entrySet()
      .stream()
      .map(spent -> {
        int epoch = spent.getKey();
        return new Attempts(id, epoch, spent.getValue().attempts(), calls.told(id, epoch));
      });
  }

  private static Invariant invariant(String id, String detail, List<String> violations) {
    if (violations.isEmpty()) {
      return new Invariant(id, true, detail);
    }
    String first = String.join("; ", violations.subList(0, Math.min(SHOWN, violations.size())));
    @Nullable
    String more = violations.size() > SHOWN ? "; and " + (violations.size() - SHOWN) + " more" : "";
    return new Invariant(id, false, first + more);
  }
}
