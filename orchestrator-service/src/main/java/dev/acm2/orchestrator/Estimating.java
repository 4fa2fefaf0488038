package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Estimates submissions. They are checked and planned like those that are accepted, and nothing of them
/// is stored.
///
/// @param freezer measures contents, and stores none
/// @param overrides limits that somebody has set, by lane
record Estimating(
  SubmissionCheck check,
  SpecFreezer freezer,
  Budget budget,
  ConfiguredLanes lanes,
  Supplier<Map<String, LaneLimits>> overrides
) {
  /// Only the ids of the calls depend on it, and no one sees them.
  private static final RunId NO_RUN = RunId.of(Instant.EPOCH, 0, 0);

  Estimate estimate(byte @Nullable [] body) {
    RunSubmission submission = SubmissionReader.read(body);
    check.check(submission);
    RunSpec spec = freezer.freeze(submission, 0);
    Map<String, LaneLimits> set = overrides.get();
    return Estimate.of(new RunPlan(NO_RUN, spec), budget, lanes.names(set.keySet()), lane -> {
      LaneLimits override = set.get(lane);
      return override == null ? lanes.of(lane) : override;
    });
  }
}
