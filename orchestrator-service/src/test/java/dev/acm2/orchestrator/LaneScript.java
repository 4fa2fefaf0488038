package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits.Priority;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One lane over time, without anything around it.
final class LaneScript {

  private static final ModelId MODEL = ModelId.parse("openai:gpt-5-mini");
  private static final int INPUT_TOKENS = 10;

  final LaneLimits configured;
  final List<Instant> releasedAt = new ArrayList<>();
  final List<LaneCommand.Enqueue> released = new ArrayList<>();
  final List<LaneCommand.Enqueue> inFlight = new ArrayList<>();

  /// Numbers of the calls that the lane ended because they still waited.
  final List<Integer> ended = new ArrayList<>();

  Lane lane = Lane.EMPTY;
  Instant now = Facts.START;

  @Nullable
  Instant wakeAt;

  private final MapEntries entries = new MapEntries();
  private int waiting;
  private int made;

  LaneScript(LaneLimits configured) {
    this.configured = configured;
  }

  /// The limits in force.
  LaneLimits limits() {
    return lane.limits(configured);
  }

  /// What the lane says to the call that is next; null when none waits for its turn.
  @Nullable
  Gate gate() {
    return lane
      .next()
      .map(run -> entries.peek(run.runId(), run.head()).tokens())
      .map(tokens -> lane.pace().gate(limits(), tokens, now))
      .orElse(null);
  }

  LaneScript set(LaneLimits limits) {
    return tell(new LaneCommand.SetLimits(limits));
  }

  LaneScript reset() {
    return tell(new LaneCommand.ResetLimits());
  }

  /// The state is written down and read again, as another process does.
  LaneScript restart() {
    lane = ContractJson.EVENTS.readValue(ContractJson.EVENTS.writeValueAsBytes(lane), Lane.class);
    take(LaneDecider.fill(lane, configured, entries, now));
    return this;
  }

  int waiting() {
    return waiting;
  }

  LaneScript enqueue(int run, int calls) {
    return enqueue(run, calls, Specs.MAX_OUTPUT_TOKENS);
  }

  /// Calls that can use so many tokens, of which 10 are input.
  LaneScript enqueue(int run, int calls, int tokens) {
    for (int i = 0; i < calls; i++) {
      made++;
      waiting++;
      tell(call(Facts.runId(run), made, tokens - INPUT_TOKENS));
    }
    return this;
  }

  /// One call whose turn does not come earlier.
  LaneScript enqueueLater(int run, long millis) {
    made++;
    waiting++;
    LaneCommand.Enqueue call = call(Facts.runId(run), made, Specs.MAX_OUTPUT_TOKENS - INPUT_TOKENS);
    return tell(call.notBefore(now.plusMillis(millis)));
  }

  LaneScript hold(int run) {
    return tell(new LaneCommand.HoldRun(Facts.runId(run), Priority.NORMAL, 1));
  }

  LaneScript goOn(int run) {
    return tell(new LaneCommand.GoOnRun(Facts.runId(run)));
  }

  /// @param number of the call among all that were made, from 1
  LaneScript dropCall(int run, int number) {
    RunId runId = Facts.runId(run);
    CallSkipped end = new CallSkipped(
      callId(runId, number),
      1,
      Phase.GENERATION,
      "doc",
      MODEL,
      number,
      CallSkipped.Reason.CALL_CANCELLED,
      "enough",
      null,
      null
    );
    LaneCommand.DropCall drop = new LaneCommand.DropCall(runId, end);
    if (LaneDecider.ends(entries, drop)) {
      waiting--;
      ended.add(number);
    }
    return tell(drop);
  }

  boolean knowsNothing() {
    return lane.runs().isEmpty() && lane.waitingForTheirTime().isEmpty() && entries.isEmpty();
  }

  /// Numbers of the calls that were released and not ended.
  List<Integer> numbersInFlight() {
    return inFlight
      .stream()
      .map(call -> numberOf(call.runId(), call.callId()))
      .toList();
  }

  private int numberOf(RunId runId, CallId callId) {
    return IntStream.rangeClosed(1, made)
      .filter(number -> callId(runId, number).equals(callId))
      .findFirst()
      .orElseThrow();
  }

  LaneScript drop(int run) {
    return tell(new LaneCommand.DropRun(Facts.runId(run)));
  }

  LaneScript end(boolean succeeded) {
    return end(0, succeeded);
  }

  LaneScript end(int index, boolean succeeded) {
    return end(index, succeeded, null);
  }

  /// @param tokens what the call has used, null when nobody knows
  LaneScript end(int index, boolean succeeded, @Nullable Long tokens) {
    LaneCommand.Enqueue call = inFlight.remove(index);
    return tell(new LaneCommand.Free(call.runId(), call.callId(), 1, succeeded, tokens));
  }

  LaneScript block(long millis) {
    return tell(
      new LaneCommand.Block(Facts.runId(1), callId(Facts.runId(1), 1), now.plusMillis(millis))
    );
  }

  LaneScript retry(long millis) {
    return retry(millis, 1, null);
  }

  /// @param number of the call among all that were made, from 1; it is one of the first run
  /// @param tokens what the call holds from now on
  LaneScript retry(long millis, int number, @Nullable Long tokens) {
    return tell(
      new LaneCommand.CountRequest(
        Facts.runId(1),
        callId(Facts.runId(1), number),
        now.plusMillis(millis),
        1,
        tokens
      )
    );
  }

  /// Time passes; the lane is woken when it asked for it.
  LaneScript pass(long millis) {
    Instant end = now.plusMillis(millis);
    while (wakeAt != null && !wakeAt.isAfter(end)) {
      now = wakeAt;
      take(LaneDecider.fill(lane, configured, entries, now));
    }
    now = end;
    return this;
  }

  private LaneScript tell(LaneCommand command) {
    take(LaneDecider.decide(lane, configured, entries, command, now));
    return this;
  }

  private void take(LaneDecider.Step step) {
    lane = step.lane();
    wakeAt = step.wakeAt();
    for (LaneDecider.Release release : step.releases()) {
      waiting--;
      releasedAt.add(now);
      released.add(release.call());
      inFlight.add(release.call());
    }
  }

  private static CallId callId(RunId runId, int number) {
    return CallId.of(runId, CallPlace.generation("doc", MODEL, number));
  }

  private static LaneCommand.Enqueue call(RunId runId, int number, int maxOutputTokens) {
    RunPlan plan = new RunPlan(runId, Specs.run(1, 1, MODEL.toString()));
    LaneCommand.Enqueue any = plan
      .call(0)
      .enqueue(runId, plan.spec().limits(), Facts.START, 1, 1, Usd.ZERO);
    return new LaneCommand.Enqueue(
      runId,
      callId(runId, number),
      1,
      any.phase(),
      any.document(),
      MODEL,
      any.iteration(),
      null,
      any.prompt(),
      new CallOptions(maxOutputTokens, any.options().grounding(), any.options().reasoning()),
      any.limits(),
      any.runDeadlineAt(),
      Priority.NORMAL,
      1,
      null,
      null
    );
  }
}
