package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  /// How much of the log had been read when each decision was made.
  final List<Integer> decidedAt = new ArrayList<>();

  final Map<ReadyPlace, ReadyCall> ready = new HashMap<>();
  final Map<Integer, SourceProgress> sources = new HashMap<>();
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

  /// With lanes for three providers.
  RunBench priced(ModelCatalogue catalogue) {
    return priced(catalogue, RULES);
  }

  RunBench priced(ModelCatalogue catalogue, BreakerRules rules) {
    LaneNames lanes = new LaneNames(Set.of("openai", "google", "anthropic"));
    decider = new RunDecider(new Releasing(new Budget(catalogue), lanes, rules));
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

  /// Those that count now.
  Limits limits() {
    RaisedLimits raised = progress().raised();
    return (raised == null ? RaisedLimits.NONE : raised).over(plan.spec().limits());
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
      ? decider.request(state(RunProgress.requested(plan.total(), request.deadlineAt())))
      : null;
  }

  /// The sweeper looks at everything that is due; at the run only when nothing but cancels of it is unread.
  /// Otherwise it would depend on the reader's lag which came first, the deadline or what the log has from
  /// right before it.
  ///
  /// @param seenAt when the workers were last heard of
  RunBench sweep(Instant seenAt) {
    Instant runDue = progress().dueAt();
    if (runDue != null && !runDue.isAfter(now) && onlyCancelsAreUnread()) {
      take(decider.decide(state(progress()), new RunInput.RunDue(now)));
    }
    for (CallProgress call : List.copyOf(calls.values())) {
      if (call.dueAt() != null && !call.dueAt().isAfter(now)) {
        take(decider.decide(state(progress()), new RunInput.CallDue(call.callId(), now, seenAt)));
      }
    }
    return this;
  }

  private boolean onlyCancelsAreUnread() {
    return log
      .subList(read, log.size())
      .stream()
      .allMatch(entry -> entry.event() instanceof RunCancelRequested);
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
    step
      .ready()
      .forEach((place, call) ->
        call.ifPresentOrElse(changed -> ready.put(place, changed), () -> ready.remove(place))
      );
    sources.putAll(step.sources());
    for (Decision decision : step.decisions()) {
      decisions.add(decision);
      decidedAt.add(read);
      if (decision instanceof Decision.Append(RunEvent event)) {
        append(event);
      }
    }
  }

  private RunState state(RunProgress current) {
    return new RunState(runId, plan, current, new KnownCalls(), sources::get);
  }

  private final class KnownCalls implements RunState.Calls {

    @Override
    public @Nullable CallProgress find(CallId callId) {
      return calls.get(callId);
    }

    @Override
    public List<CallProgress> live() {
      return RunBench.this.live();
    }

    @Override
    public List<CallProgress> ended(int from, int most) {
      return calls
        .values()
        .stream()
        .filter(call -> call.status() == Status.ENDED && call.index() >= from)
        .sorted(Comparator.comparingInt(CallProgress::index))
        .limit(most)
        .toList();
    }

    @Override
    public @Nullable ReadyCall ready(ReadyPlace place) {
      return ready.get(place);
    }
  }

  /// Those that do not rest.
  List<CallProgress> live() {
    return calls
      .values()
      .stream()
      .filter(call -> !call.status().rests())
      .toList();
  }

  CallProgress call(int index) {
    return java.util.Objects.requireNonNull(calls.get(plan.call(index).callId()));
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
    return progress().outcome();
  }

  /// What a decider makes of the log that knows nothing else.
  static RunBench replay(RunBench original) {
    return replay(original, 1);
  }

  /// @param times how often each event is read
  static RunBench replay(RunBench original, int times) {
    RunBench replayed = new RunBench(original.runId, original.plan.spec());
    replayed.decider = original.decider;
    for (Entry entry : original.log) {
      for (int time = 0; time < times; time++) {
        replayed.take(replayed.step(entry));
        replayed.log.clear();
      }
    }
    return replayed;
  }
}
