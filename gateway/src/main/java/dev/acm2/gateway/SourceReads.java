package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.Evaluations;
import dev.acm2.projection.RunView;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What became of the sources of runs, out of the tables. The results that were computed last are
/// kept: as long as nothing happens to a run, everybody is given the same one.
final class SourceReads {

  private static final int KEPT = 8;

  private final RunQueries queries;
  /// The one that was computed last is the last one.
  private final SequencedMap<RunId, Sources> kept = new LinkedHashMap<>();

  SourceReads(RunQueries queries) {
    this.queries = queries;
  }

  /// Empty for a run that the tables do not hold.
  ///
  /// @throws ProblemException store-unavailable
  Optional<Sources> of(RunId runId) {
    Sources known = known(runId);
    Optional<RunView> run = known == null ? Optional.empty() : queries.run(runId);
    return run.isPresent() && known != null && known.asOf().equals(run.get().asOf())
      ? Optional.of(known)
      : queries.rows(runId).map(this::compute);
  }

  private Sources compute(RunRows rows) {
    RunView run = rows.run();
    Sources sources = new Sources(
      run.asOf(),
      Evaluations.of(run.runId(), Objects.requireNonNull(run.spec()), rows.calls())
    );
    keep(run.runId(), sources);
    return sources;
  }

  private @Nullable Sources known(RunId runId) {
    synchronized (kept) {
      return kept.get(runId);
    }
  }

  private void keep(RunId runId, Sources sources) {
    synchronized (kept) {
      kept.putLast(runId, sources);
      if (kept.size() > KEPT) {
        kept.pollFirstEntry();
      }
    }
  }
}
