package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.Sha256;
import dev.acm2.orchestrator.AcceptedRuns.AcceptedRun;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Accepts runs.
///
/// Guarantees: a run that was answered for is in the log; the same idempotency key never makes two runs,
/// whatever fails in between; nothing is stored of a submission that is refused by its own contents, but
/// texts of one whose specification is too large.
record Acceptance(
  SubmissionCheck check,
  SpecFreezer freezer,
  AcceptedRuns runs,
  EventAppender log,
  InstantSource clock,
  RandomGenerator random
) {
  private static final int KEY_LENGTH = 255;

  /// Whole numbers that every reader of JSON can tell apart.
  private static final long SEEDS = 1L << 53;

  /// @param created false when the run had been accepted before
  record Accepted(RunId runId, RunRequested request, boolean created) {}

  /// @param key the idempotency key, null for none
  Accepted accept(byte @Nullable [] body, @Nullable String key) {
    if (key != null) {
      checkKey(key);
    }
    RunSubmission submission = SubmissionReader.read(body);
    String digest = Sha256.hex(requireNonNull(body));
    Optional<AcceptedRun> before = key == null ? Optional.empty() : runs.findByKey(key);
    return before.map(run -> again(run, digest)).orElseGet(() -> first(submission, digest, key));
  }

  private static void checkKey(String key) {
    if (key.isBlank() || key.length() > KEY_LENGTH) {
      throw Problem.badField(
        "invalid-idempotency-key",
        "Idempotency-Key",
        "Idempotency-Key must have 1 to 255 characters"
      );
    }
  }

  private Accepted first(RunSubmission submission, String digest, @Nullable String key) {
    check.check(submission);
    RunSpec spec = freezer.freeze(submission, random.nextLong(SEEDS));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RunId runId = RunId.of(now, random.nextLong(), random.nextLong());
    RunRequested request = new RunRequested(
      spec,
      new RunPlan(runId, spec).planned(),
      now.plus(spec.limits().runDeadline())
    );
    AcceptedRun run = new AcceptedRun(runId, digest, request, false);
    if (!runs.add(run, key)) {
      return again(runs.findByKey(requireNonNull(key)).orElseThrow(), digest);
    }
    return append(run, true);
  }

  /// A run that may never have reached the log is sent there again, with its time starting anew; the
  /// decider ignores a second request for a run that it has.
  private Accepted again(AcceptedRun run, String digest) {
    if (!run.bodySha256().equals(digest)) {
      throw Problem.unprocessable(
        "idempotency-mismatch",
        "the Idempotency-Key was used for another request"
      );
    }
    if (run.appended()) {
      return new Accepted(run.runId(), run.request(), false);
    }
    RunSpec spec = run.request().spec();
    Instant deadlineAt = clock
      .instant()
      .truncatedTo(ChronoUnit.MILLIS)
      .plus(spec.limits().runDeadline());
    RunRequested request = new RunRequested(spec, run.request().planned(), deadlineAt);
    return append(new AcceptedRun(run.runId(), digest, request, false), false);
  }

  private Accepted append(AcceptedRun run, boolean created) {
    log.append(run.runId(), run.request());
    runs.markAppended(run.runId());
    return new Accepted(run.runId(), run.request(), created);
  }
}
