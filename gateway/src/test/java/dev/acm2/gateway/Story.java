package dev.acm2.gateway;

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
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The log of a run, told step by step: one document, one model, calls numbered from 1 by their iterations.
final class Story {

  static final ModelId MODEL = ModelId.parse("openai:gpt-5.1");
  static final Duration DEADLINE = Duration.ofMinutes(1);

  static final ArtifactRef TEXT = ArtifactRef.of(
    "text".getBytes(StandardCharsets.UTF_8),
    "text/markdown"
  );

  private final RunId runId;
  private final Facts facts = new Facts("story");
  private final List<RecordedEvent> log = new ArrayList<>();

  /// A run that was requested, with all of its calls queued.
  Story(RunId runId, int calls) {
    this(runId, calls, Specs.run(1, calls, MODEL.toString()));
  }

  /// @param spec one document, one model
  Story(RunId runId, int calls, RunSpec spec) {
    this.runId = runId;
    List<PlannedCalls> planned = List.of(new PlannedCalls(Phase.GENERATION, MODEL, calls));
    tell(new RunRequested(spec, planned, facts.now().plus(spec.limits().runDeadline())));
    for (int call = 1; call <= calls; call++) {
      queued(call, 1);
    }
  }

  List<RecordedEvent> log() {
    return log;
  }

  CallId call(int call) {
    return CallId.of(runId, CallPlace.generation("doc-1.md", MODEL, call));
  }

  Story after(Duration time) {
    facts.after(time);
    return this;
  }

  Story tell(RunEvent event) {
    log.add(facts.stamp(runId, event));
    return this;
  }

  Story queued(int call, int epoch) {
    return tell(
      new CallQueued(
        call(call),
        epoch,
        Phase.GENERATION,
        "doc-1.md",
        MODEL,
        call,
        null,
        new Prompt(TEXT, List.of(TEXT)),
        new CallOptions(1000, Demand.OFF, Demand.OFF),
        new CallLimits(DEADLINE, DEADLINE, 3, Duration.ofHours(1))
      )
    );
  }

  Story started(int call, int epoch) {
    tell(
      new CallDispatched(call(call), epoch, MODEL.provider(), facts.now().plusSeconds(60), null)
    );
    return tell(new CallStarted(call(call), epoch, 1, "worker-1", facts.now().plus(DEADLINE)));
  }

  Story succeeded(int call, int epoch) {
    return tell(
      new CallSucceeded(
        call(call),
        epoch,
        1,
        new CallResult.Document(TEXT, "text"),
        spend(1),
        Evidence.NONE,
        new Timings(Duration.ofMillis(100), Duration.ofSeconds(1)),
        List.of()
      )
    );
  }

  /// A document of another run, in place of the call.
  Story takenOver(int call) {
    return tell(
      new CallSucceeded(
        call(call),
        1,
        0,
        new CallResult.Document(TEXT, "text"),
        Spend.NONE,
        Evidence.NONE,
        new Timings(Duration.ZERO, Duration.ZERO),
        List.of(new CallArtifact(CallArtifact.Role.OUTPUT, 1, 0, TEXT))
      )
    );
  }

  Story failed(int call, int epoch) {
    return tell(
      new CallFailed(
        call(call),
        epoch,
        1,
        FailureKind.SERVER_ERROR,
        500,
        "broken",
        spend(1),
        List.of(),
        null
      )
    );
  }

  Story handedBack(int call, int epoch, int attempts) {
    return tell(
      new CallHandedBack(
        call(call),
        epoch,
        1,
        "worker-1",
        "the worker leaves",
        spend(attempts),
        List.of()
      )
    );
  }

  Story finished(Outcome outcome) {
    return tell(new RunFinished(outcome, "all calls have ended"));
  }

  private static Spend spend(int attempts) {
    return new Spend(attempts, new Usage(100, 50, 0, 0), Usd.of("0.25").times(attempts));
  }
}
