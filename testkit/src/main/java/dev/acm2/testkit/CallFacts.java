package dev.acm2.testkit;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events that can happen to one call, with plausible values for all that a test does not choose.
/// Each attempt costs [#ATTEMPT_COST] and each release reserves [#RESERVATION].
public record CallFacts(RunId runId, CallPlace place) {
  public static final Usd ATTEMPT_COST = Usd.of("0.00125");
  public static final Usd RESERVATION = Usd.of("0.01");
  public static final Instant DEADLINE = Facts.START.plusSeconds(3600);

  public CallId id() {
    return CallId.of(runId, place);
  }

  public CallQueued queued(int epoch) {
    ArtifactRef instructions = artifact("instructions");
    return queued(epoch, new Prompt(instructions, List.of(artifact("source"))));
  }

  public CallQueued queued(int epoch, Prompt prompt) {
    Limits limits = Specs.limits();
    return new CallQueued(
      id(),
      epoch,
      place.phase(),
      place.document(),
      place.model(),
      place.iteration(),
      place.subject(),
      prompt,
      new CallOptions(Specs.MAX_OUTPUT_TOKENS, Demand.OFF, Demand.OFF),
      new CallLimits(
        limits.callDeadline(),
        limits.attemptTimeout(),
        limits.maxAttempts(),
        limits.queueTtl()
      )
    );
  }

  public CallDispatched dispatched(int epoch) {
    Instant startBy = Facts.START.plusSeconds(600);
    return new CallDispatched(id(), epoch, place.model().provider(), startBy, RESERVATION);
  }

  public CallStarted started(int epoch) {
    return new CallStarted(id(), epoch, 1, worker(epoch), DEADLINE);
  }

  public CallProgressed progressed(int epoch, int attempt, double share) {
    return new CallProgressed(id(), epoch, attempt, "receiving", share);
  }

  /// @param next number of the attempt that follows
  public CallRetried retried(int epoch, int next) {
    return new CallRetried(
      id(),
      epoch,
      next,
      FailureKind.OVERLOADED,
      503,
      "busy",
      Duration.ofMillis(200),
      Duration.ofSeconds(50),
      spend(next - 1),
      artifacts(epoch, next - 1)
    );
  }

  public CallHandedBack handedBack(int epoch, int attempt) {
    return new CallHandedBack(
      id(),
      epoch,
      attempt,
      worker(epoch),
      "the worker leaves",
      spend(attempt),
      artifacts(epoch, attempt)
    );
  }

  public CallOrphaned orphaned(int epoch, CallOrphaned.Policy policy) {
    return new CallOrphaned(id(), epoch, worker(epoch), Facts.START, policy);
  }

  public CallSucceeded wrote(int epoch, int attempt) {
    return answered(epoch, attempt, new CallResult.Document(output(epoch, attempt), "A text"));
  }

  public CallSucceeded answered(int epoch, int attempt, CallResult result) {
    return new CallSucceeded(
      id(),
      epoch,
      attempt,
      result,
      spend(attempt),
      Evidence.NONE,
      new Timings(Duration.ofMillis(100), Duration.ofMillis(400)),
      artifacts(epoch, attempt)
    );
  }

  public CallFailed failed(int epoch, int attempt) {
    return new CallFailed(
      id(),
      epoch,
      attempt,
      FailureKind.SERVER_ERROR,
      500,
      "broken",
      spend(attempt),
      artifacts(epoch, attempt),
      null
    );
  }

  /// Failed because its worker was lost: nobody knows what was spent.
  public CallFailed lost(int epoch, int attempt) {
    FailureKind kind = FailureKind.WORKER_LOST;
    return new CallFailed(id(), epoch, attempt, kind, null, "lost", null, List.of(), null);
  }

  public CallTimedOut timedOut(int epoch, int attempt, Duration overshoot) {
    return timedOut(epoch, attempt, overshoot, Enforcer.EXCHANGE, spend(attempt));
  }

  /// Timed out without a word of its worker: nobody knows what was spent.
  public CallTimedOut sweptUp(int epoch, int attempt, Duration overshoot) {
    return timedOut(epoch, attempt, overshoot, Enforcer.SWEEPER, null);
  }

  private CallTimedOut timedOut(
    int epoch,
    int attempt,
    Duration overshoot,
    Enforcer enforcer,
    @Nullable Spend spend
  ) {
    return new CallTimedOut(
      id(),
      epoch,
      attempt,
      DEADLINE,
      DEADLINE.plus(overshoot),
      enforcer,
      "too slow",
      spend,
      spend == null ? List.of() : artifacts(epoch, attempt)
    );
  }

  public CallCancelRequested cancelRequested() {
    return new CallCancelRequested(id(), "asked for");
  }

  public CallCancelled cancelled(int epoch, int attempt) {
    return new CallCancelled(
      id(),
      epoch,
      attempt,
      "asked for",
      spend(attempt),
      artifacts(epoch, attempt)
    );
  }

  public CallSkipped skipped(int epoch, CallSkipped.Reason reason, @Nullable Usd saved) {
    return new CallSkipped(
      id(),
      epoch,
      place.phase(),
      place.document(),
      place.model(),
      place.iteration(),
      reason,
      "not needed",
      saved,
      place.subject()
    );
  }

  /// What an epoch has spent after so many attempts.
  public static Spend spend(int attempts) {
    Usage usage = new Usage(100L * attempts, 40L * attempts, 0, 0);
    return new Spend(attempts, usage, ATTEMPT_COST.times(attempts));
  }

  /// The document that the call makes.
  public ArtifactRef output(int epoch, int attempt) {
    return artifact("output " + epoch + "." + attempt);
  }

  private List<CallArtifact> artifacts(int epoch, int attempt) {
    return List.of(
      new CallArtifact(CallArtifact.Role.REQUEST, epoch, attempt, artifact("request")),
      new CallArtifact(CallArtifact.Role.RESPONSE, epoch, attempt, artifact("response" + attempt))
    );
  }

  private ArtifactRef artifact(String what) {
    byte[] content = (id() + what).getBytes(StandardCharsets.UTF_8);
    return ArtifactRef.of(content, "application/json");
  }

  private static String worker(int epoch) {
    return "worker-" + epoch;
  }
}
