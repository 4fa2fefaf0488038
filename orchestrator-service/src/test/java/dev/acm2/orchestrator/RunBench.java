package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run, its log and its decider, without anything around them. What the decider appends goes to the
/// end of the log and is read back in its turn.
final class RunBench {

  /// An event of the log and when the log got it.
  record Entry(RunEvent event, Instant at) {}

  static final BreakerRules RULES = new BreakerRules(10, Duration.ofSeconds(30), 3);

  final RunId runId;
  final RunPlan plan;
  final Map<CallId, CallProgress> calls = new HashMap<>();
  final List<Entry> log = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();
  Instant now = Facts.START;

  private RunDecider decider = decider(RULES, "openai", "openai-compatible");
  private @Nullable RunProgress progress;
  private int read;

  RunBench(RunId runId, RunSpec spec) {
    this.runId = runId;
    this.plan = new RunPlan(runId, spec);
  }

  private static RunDecider decider(BreakerRules rules, String... lanes) {
    return new RunDecider(
      new Releasing(new Budget(ModelCatalogue.bundled()), new LaneNames(Set.of(lanes)), rules)
    );
  }

  /// A service that goes on with other lanes.
  RunBench configured(String... lanes) {
    decider = decider(RULES, lanes);
    return this;
  }

  RunBench ruled(BreakerRules rules) {
    decider = decider(rules, "openai", "openai-compatible");
    return this;
  }

  static RunBench requested(RunSpec spec) {
    RunBench bench = new RunBench(Facts.runId(1), spec);
    bench.append(bench.request());
    bench.readAll();
    return bench;
  }

  RunRequested request() {
    RunSpec spec = plan.spec();
    return new RunRequested(spec, plan.planned(), now.plus(spec.limits().runDeadline()));
  }

  RunProgress progress() {
    return java.util.Objects.requireNonNull(progress);
  }

  void append(RunEvent event) {
    log.add(new Entry(event, now));
  }

  /// Appends events of others and reads the log to its end.
  RunBench given(RunEvent... events) {
    for (RunEvent event : events) {
      append(event);
    }
    return readAll();
  }

  RunBench after(Duration time) {
    now = now.plus(time);
    return this;
  }

  RunBench readAll() {
    while (readOne()) {}
    return this;
  }

  boolean readOne() {
    if (read == log.size()) {
      return false;
    }
    Entry next = log.get(read);
    read++;
    take(step(next));
    return true;
  }

  private @Nullable RunStep step(Entry entry) {
    if (progress != null) {
      return decider.decide(state(progress), new RunInput.Happened(entry.event(), entry.at()));
    }
    return entry.event() instanceof RunRequested request
      ? decider.request(state(RunProgress.requested(plan.size(), request.deadlineAt())))
      : null;
  }

  /// The sweeper looks at everything that is due.
  ///
  /// @param seenAt when the workers were last heard of
  RunBench sweep(Instant seenAt) {
    Instant runDue = progress().dueAt();
    if (runDue != null && !runDue.isAfter(now)) {
      take(decider.decide(state(progress()), new RunInput.RunDue(now)));
    }
    for (CallProgress call : List.copyOf(calls.values())) {
      if (call.dueAt() != null && !call.dueAt().isAfter(now)) {
        take(decider.decide(state(progress()), new RunInput.CallDue(call.callId(), now, seenAt)));
      }
    }
    return this;
  }

  private void take(@Nullable RunStep step) {
    if (step == null) {
      return;
    }
    progress = step.progress();
    step
      .calls()
      .forEach((id, call) ->
        call.ifPresentOrElse(changed -> calls.put(id, changed), () -> calls.remove(id))
      );
    for (Decision decision : step.decisions()) {
      decisions.add(decision);
      if (decision instanceof Decision.Append(RunEvent event)) {
        append(event);
      }
    }
  }

  private RunState state(RunProgress current) {
    return new RunState(
      runId,
      plan,
      current,
      new RunState.Calls() {
        @Override
        public @Nullable CallProgress find(CallId callId) {
          return calls.get(callId);
        }

        @Override
        public List<CallProgress> all() {
          return List.copyOf(calls.values());
        }
      }
    );
  }

  <T extends RunEvent> List<T> logged(Class<T> type) {
    return log.stream().map(Entry::event).filter(type::isInstance).map(type::cast).toList();
  }

  <T extends LaneCommand> List<T> told(Class<T> type) {
    return decisions
      .stream()
      .filter(Decision.Instruct.class::isInstance)
      .map(decision -> ((Decision.Instruct) decision).command())
      .filter(type::isInstance)
      .map(type::cast)
      .toList();
  }

  /// The call that was released as the `index`th, from 0.
  LaneCommand.Enqueue released(int index) {
    return told(LaneCommand.Enqueue.class).get(index);
  }

  @Nullable
  Outcome outcome() {
    List<RunFinished> ends = logged(RunFinished.class);
    return ends.isEmpty() ? null : ends.getLast().outcome();
  }

  /// What a decider makes of the log that knows nothing else.
  static RunBench replay(RunBench original) {
    RunBench replayed = new RunBench(original.runId, original.plan.spec());
    replayed.decider = original.decider;
    for (Entry entry : original.log) {
      replayed.take(replayed.step(entry));
      replayed.log.clear();
    }
    return replayed;
  }
}
