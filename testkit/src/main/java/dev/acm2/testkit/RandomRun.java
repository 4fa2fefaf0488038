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
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A whole valid run log out of a seed: calls interleave, retry, time out, lose their worker, end late
/// or are skipped. The same seed gives the same log.
public final class RandomRun {

  private static final String[] MODELS = {
    "openai:gpt-5.1",
    "openai:gpt-5-mini",
    "openai-compatible:llama",
  };
  private static final Duration STEP = Duration.ofMillis(137);

  private final Random random;
  private final Facts facts = new Facts("test");
  private final RunId runId;
  private final RunSpec spec;
  private final List<RecordedEvent> log = new ArrayList<>();

  private RandomRun(long seed, RunId runId, int documents) {
    this.random = new Random(seed);
    this.runId = runId;
    this.spec = Specs.run(documents, 2, MODELS);
  }

  /// @param documents the run has 6 calls a document
  public static List<RecordedEvent> log(long seed, RunId runId, int documents) {
    RandomRun run = new RandomRun(seed, runId, documents);
    run.write();
    return List.copyOf(run.log);
  }

  private void write() {
    List<Script> scripts = new ArrayList<>();
    List<PlannedCalls> planned = spec
      .generation()
      .models()
      .stream()
      .map(author ->
        new PlannedCalls(
          dev.acm2.contract.Phase.GENERATION,
          author.model(),
          spec.documents().size() * author.iterations()
        )
      )
      .toList();
    add(new RunRequested(spec, planned, Facts.START.plus(spec.limits().runDeadline())));
    for (RunSpec.Document document : spec.documents()) {
      for (RunSpec.Author author : spec.generation().models()) {
        for (int iteration = 1; iteration <= author.iterations(); iteration++) {
          scripts.add(new Script(document, author, iteration));
        }
      }
    }
    scripts.forEach(script -> add(script.queued()));
    boolean anyOk = interleave(new ArrayList<>(scripts));
    add(
      new RunFinished(
        anyOk ? Outcome.COMPLETED_WITH_ERRORS : Outcome.FAILED,
        "all calls have ended"
      )
    );
    scripts
      .stream()
      .map(script -> script.afterTheEnd)
      .forEach(late -> late.forEach(this::add));
  }

  private boolean interleave(List<Script> open) {
    boolean anyOk = false;
    while (!open.isEmpty()) {
      Script script = open.get(random.nextInt(open.size()));
      RunEvent event = script.next();
      anyOk |= event instanceof CallSucceeded;
      add(event);
      if (script.isOver()) {
        open.remove(script);
      }
    }
    return anyOk;
  }

  private void add(RunEvent event) {
    log.add(facts.after(STEP).stamp(runId, event));
  }

  /// What happens to one call, in order.
  private final class Script {

    private final CallId callId;
    private final RunSpec.Document document;
    private final RunSpec.Author author;
    private final int iteration;
    private final Deque<RunEvent> events = new ArrayDeque<>();
    final List<RunEvent> afterTheEnd = new ArrayList<>();

    Script(RunSpec.Document document, RunSpec.Author author, int iteration) {
      this.document = document;
      this.author = author;
      this.iteration = iteration;
      callId = CallId.of(runId, CallPlace.generation(document.name(), author.model(), iteration));
      plan();
    }

    boolean isOver() {
      return events.isEmpty();
    }

    RunEvent next() {
      return events.remove();
    }

    private void plan() {
      if (random.nextInt(12) == 0) {
        events.add(skipped());
        return;
      }
      boolean orphaned = random.nextInt(8) == 0;
      if (orphaned) {
        startIn(1);
        RunEvent lateEnd = end(1, retriesIn(1));
        events.add(
          new CallOrphaned(callId, 1, "worker-1", Facts.START, CallOrphaned.Policy.REDISPATCHED)
        );
        if (random.nextBoolean()) {
          afterTheEnd.add(lateEnd);
        }
      }
      int epoch = orphaned ? 2 : 1;
      startIn(epoch);
      events.add(end(epoch, retriesIn(epoch)));
      if (random.nextInt(10) == 0) {
        afterTheEnd.add(end(epoch, 1));
      }
    }

    private void startIn(int epoch) {
      events.add(
        new CallDispatched(callId, epoch, author.model().provider(), Facts.START.plusSeconds(600))
      );
      events.add(
        new CallStarted(callId, epoch, 1, "worker-" + epoch, Facts.START.plusSeconds(3600))
      );
    }

    /// Adds the retries and returns the number of the last attempt.
    private int retriesIn(int epoch) {
      int attempts = 1 + random.nextInt(3);
      for (int attempt = 2; attempt <= attempts; attempt++) {
        events.add(
          new CallRetried(
            callId,
            epoch,
            attempt,
            FailureKind.OVERLOADED,
            503,
            "busy",
            Duration.ofMillis(200),
            Duration.ofSeconds(50),
            spend(attempt - 1),
            artifacts(epoch, attempt - 1)
          )
        );
      }
      return attempts;
    }

    private RunEvent end(int epoch, int attempt) {
      return switch (random.nextInt(4)) {
        case 0 -> new CallFailed(
          callId,
          epoch,
          attempt,
          FailureKind.SERVER_ERROR,
          500,
          "broken",
          spend(attempt),
          artifacts(epoch, attempt)
        );
        case 1 -> timedOut(epoch, attempt, random.nextBoolean() ? spend(attempt) : null);
        default -> new CallSucceeded(
          callId,
          epoch,
          attempt,
          new CallResult.Document(artifact("out" + attempt), "A text"),
          spend(attempt),
          Evidence.NONE,
          new Timings(Duration.ofMillis(100), Duration.ofMillis(400)),
          artifacts(epoch, attempt)
        );
      };
    }

    private RunEvent timedOut(int epoch, int attempt, @Nullable Spend spend) {
      return new CallTimedOut(
        callId,
        epoch,
        attempt,
        Facts.START.plusSeconds(60),
        Facts.START.plusSeconds(61),
        spend == null ? Enforcer.SWEEPER : Enforcer.EXCHANGE,
        "too slow",
        spend,
        spend == null ? List.of() : artifacts(epoch, attempt)
      );
    }

    private RunEvent skipped() {
      return new CallSkipped(
        callId,
        1,
        dev.acm2.contract.Phase.GENERATION,
        document.name(),
        author.model(),
        iteration,
        CallSkipped.Reason.BUDGET,
        "no budget left"
      );
    }

    CallQueued queued() {
      return new CallQueued(
        callId,
        1,
        dev.acm2.contract.Phase.GENERATION,
        document.name(),
        author.model(),
        iteration,
        null,
        new Prompt(spec.instructions(), List.of(document.artifact())),
        new CallOptions(author.maxOutputTokens(), author.grounding(), author.reasoning()),
        new CallLimits(
          spec.limits().callDeadline(),
          spec.limits().attemptTimeout(),
          spec.limits().maxAttempts(),
          spec.limits().queueTtl()
        )
      );
    }

    private Spend spend(int attempts) {
      Usage usage = new Usage(100L * attempts, 40L * attempts, 0, 0);
      return new Spend(attempts, usage, Usd.of("0.00125").times(attempts));
    }

    private List<CallArtifact> artifacts(int epoch, int attempt) {
      return List.of(
        new CallArtifact(CallArtifact.Role.REQUEST, epoch, attempt, artifact("request")),
        new CallArtifact(CallArtifact.Role.RESPONSE, epoch, attempt, artifact("response" + attempt))
      );
    }

    private ArtifactRef artifact(String what) {
      byte[] content = (callId + what).getBytes(StandardCharsets.UTF_8);
      return ArtifactRef.of(content, "application/json");
    }
  }
}
