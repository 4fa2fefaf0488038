package dev.acm2.projection;

import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.CallFacts;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// A run of two calls, both queued, one second an event.
final class OneRun {

  static final RunId RUN = Facts.runId(1);
  static final ModelId MODEL = ModelId.parse("openai:gpt-5.1");
  static final CallFacts CALL = facts(1);
  static final CallFacts OTHER = facts(2);
  /// A judge's call about [#CALL], not queued.
  static final CallFacts JUDGED = new CallFacts(
    RUN,
    new CallPlace(Phase.SINGLE_EVAL, "doc-1.md", MODEL, 1, CALL.id().value())
  );
  static final CallResult.Scores SCORES = new CallResult.Scores(
    List.of(new CallResult.Score("clarity", 4, "easy to read"))
  );
  static final Instant DEADLINE = Facts.START.plusSeconds(3600);

  private final Facts facts = new Facts("test");
  private final RunProjection projection = new RunProjection();
  private long offset;

  OneRun() {
    PlannedCalls planned = new PlannedCalls(Phase.GENERATION, MODEL, 2);
    RunRequested requested = new RunRequested(
      Specs.run(1, 2, MODEL.toString()),
      List.of(planned),
      DEADLINE
    );
    happens(requested);
    happens(CALL.queued(1));
    happens(OTHER.queued(1));
  }

  static CallFacts facts(int iteration) {
    return new CallFacts(RUN, CallPlace.generation("doc-1.md", MODEL, iteration));
  }

  /// Somebody asks to run a phase anew.
  static RunRetryRequested anew(Phase from) {
    return new RunRetryRequested(null, null, null, DEADLINE.plusSeconds(60), "judge again", from);
  }

  /// Returns the event, so that a copy of it can follow.
  RecordedEvent happens(RunEvent event) {
    RecordedEvent recorded = facts.after(Duration.ofSeconds(1)).stamp(RUN, event);
    again(recorded);
    return recorded;
  }

  void again(RecordedEvent recorded) {
    projection.apply(recorded, new AsOf(1, 0, offset++));
  }

  Instant now() {
    return facts.now();
  }

  RunView run() {
    return Objects.requireNonNull(projection.run());
  }

  Collection<CallView> calls() {
    return projection.calls();
  }

  RunStats stats() {
    return run().stats();
  }

  CallView call(CallFacts of) {
    return Objects.requireNonNull(projection.call(of.id()));
  }

  CallView call() {
    return call(CALL);
  }

  CallView.LastError error(CallFacts of) {
    return Objects.requireNonNull(call(of).lastError());
  }
}
