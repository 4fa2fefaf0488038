package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// The runs of one partition. Everything is in the stores, whose changelogs are written in the
/// transaction of the input; in memory beside them are only plans, which never change.
///
/// A finished run leaves its [RunProgress] behind. One that may be opened again also leaves its
/// specification, how far each source is when it judges, and a few bytes a failed call. A deleted one
/// leaves nothing else.
final class RunStores {

  static final String RUNS = "runs";
  static final String SPECS = "specs";
  static final String CALLS = "calls";
  static final String RESTING = "resting-calls";
  static final String ENDED = "ended-calls";
  static final String READY = "ready-calls";
  static final String SOURCES = "sources";
  static final String DUES = "dues";

  private static final int PLANS_KEPT = 200;

  private final KeyValueStore<String, RunProgress> runs;
  private final KeyValueStore<String, RunRequested> specs;
  private final KeyValueStore<String, CallProgress> calls;
  private final KeyValueStore<String, CallProgress> resting;
  private final KeyValueStore<String, String> ended;
  private final KeyValueStore<String, ReadyCall> ready;
  private final KeyValueStore<String, SourceProgress> sources;
  private final KeyValueStore<String, byte[]> dues;
  private final Map<RunId, RunPlan> plans = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RunId, RunPlan> eldest) {
      return size() > PLANS_KEPT;
    }
  };

  RunStores(ProcessorContext<?, ?> context) {
    runs = context.getStateStore(RUNS);
    specs = context.getStateStore(SPECS);
    calls = context.getStateStore(CALLS);
    resting = context.getStateStore(RESTING);
    ended = context.getStateStore(ENDED);
    ready = context.getStateStore(READY);
    sources = context.getStateStore(SOURCES);
    dues = context.getStateStore(DUES);
  }

  /// @param lasting makes the stores of what outlives the runs, which no memory can hold for ever
  static List<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> lasting) {
    return List.of(
      store(Stores.inMemoryKeyValueStore(RUNS), StateJson.serde(RunProgress.class)),
      store(lasting.apply(SPECS), StateJson.serde(RunRequested.class)),
      store(Stores.inMemoryKeyValueStore(CALLS), StateJson.serde(CallProgress.class)),
      store(lasting.apply(RESTING), StateJson.serde(CallProgress.class)),
      store(lasting.apply(ENDED), Serdes.String()),
      store(Stores.inMemoryKeyValueStore(READY), StateJson.serde(ReadyCall.class)),
      store(lasting.apply(SOURCES), StateJson.serde(SourceProgress.class)),
      store(Stores.inMemoryKeyValueStore(DUES), Serdes.ByteArray())
    );
  }

  private static StoreBuilder<?> store(KeyValueBytesStoreSupplier supplier, Serde<?> values) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.String(), values);
  }

  /// A run that is being requested, or nothing when it already was.
  Optional<RunState> open(RunId runId, RunRequested event) {
    if (runs.get(runId.toString()) != null) {
      return Optional.empty();
    }
    specs.put(runId.toString(), event);
    RunPlan plan = new RunPlan(runId, event.spec());
    plans.put(runId, plan);
    RunProgress fresh = RunProgress.requested(plan.total(), event.deadlineAt());
    return Optional.of(new RunState(runId, plan, fresh, new StoredCalls(runId), _ -> null));
  }

  /// A run that was requested and of which something may still happen.
  Optional<RunState> find(RunId runId) {
    RunProgress progress = runs.get(runId.toString());
    if (progress == null) {
      return Optional.empty();
    }
    return plan(runId).map(plan ->
      new RunState(runId, plan, progress, new StoredCalls(runId), number ->
        sources.get(key(runId, number))
      )
    );
  }

  /// Empty for a run of which nothing can happen any more.
  private Optional<RunPlan> plan(RunId runId) {
    RunPlan known = plans.get(runId);
    RunRequested request = known == null ? specs.get(runId.toString()) : null;
    if (request != null) {
      known = new RunPlan(runId, request.spec());
      plans.put(runId, known);
    }
    return Optional.ofNullable(known);
  }

  void save(RunId runId, RunStep step) {
    RunProgress before = runs.get(runId.toString());
    moveDue(
      new DueKey(runId, null),
      before == null ? null : before.dueAt(),
      step.progress().dueAt()
    );
    if (!step.progress().equals(before)) {
      runs.put(runId.toString(), step.progress());
    }
    step.calls().forEach((callId, call) -> saveCall(runId, callId, call.orElse(null)));
    step.ready().forEach((place, call) -> ready.put(key(runId, place), call.orElse(null)));
    step.sources().forEach((number, source) -> sources.put(key(runId, number), source));
    if (step.progress().outcome() != null) {
      plan(runId)
        .filter(plan -> step.progress().over(plan.evaluating() != null))
        .ifPresent(_ -> forget(runId));
    }
  }

  private void forget(RunId runId) {
    RunRequested request = specs.delete(runId.toString());
    plans.remove(runId);
    for (CallProgress failed : new StoredCalls(runId).ended(0, Integer.MAX_VALUE)) {
      saveCall(runId, failed.callId(), null);
    }
    if (request != null && request.spec().evaluation() != null) {
      for (int number = 0; number < request.spec().documents().size(); number++) {
        sources.delete(key(runId, number));
      }
    }
  }

  private void saveCall(RunId runId, CallId callId, @Nullable CallProgress call) {
    CallProgress before = find(runId, callId);
    moveDue(
      new DueKey(runId, callId),
      before == null ? null : before.dueAt(),
      call == null ? null : call.dueAt()
    );
    if (before != null) {
      takeOut(runId, before, call);
    }
    if (call != null) {
      storeOf(call).put(key(runId, callId), call);
      if (call.status() == Status.ENDED) {
        ended.put(key(runId, call.index()), callId.value());
      }
    }
  }

  private void takeOut(RunId runId, CallProgress before, @Nullable CallProgress after) {
    if (after == null || storeOf(after) != storeOf(before)) {
      storeOf(before).delete(key(runId, before.callId()));
    }
    if (before.status() == Status.ENDED) {
      ended.delete(key(runId, before.index()));
    }
  }

  private KeyValueStore<String, CallProgress> storeOf(CallProgress call) {
    return call.status().rests() ? resting : calls;
  }

  private @Nullable CallProgress find(RunId runId, CallId callId) {
    String key = key(runId, callId);
    CallProgress live = calls.get(key);
    return live == null ? resting.get(key) : live;
  }

  private void moveDue(DueKey key, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && !from.equals(to)) {
      dues.delete(key.at(from));
    }
    if (to != null && !to.equals(from)) {
      dues.put(key.at(to), new byte[0]);
    }
  }

  /// What has to be looked at by now, the longest overdue first.
  ///
  /// @param most the rest is left for the next look
  List<DueKey> due(Instant now, int most) {
    List<DueKey> due = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> passed = dues.range("", DueKey.before(now))) {
      while (passed.hasNext() && due.size() < most) {
        due.add(DueKey.parse(passed.next().key));
      }
    }
    return due;
  }

  /// The worker that has the call, null when none has.
  @Nullable
  String workerOf(RunId runId, CallId callId) {
    CallProgress call = calls.get(key(runId, callId));
    return call == null ? null : call.workerId();
  }

  private static String key(RunId runId, CallId callId) {
    return runId + "/" + callId;
  }

  private static String key(RunId runId, int index) {
    return runId + "/" + "%08x".formatted(index);
  }

  private static String key(RunId runId, ReadyPlace place) {
    return runId + "/" + place.model() + "/" + "%08x".formatted(place.number());
  }

  private final class StoredCalls implements RunState.Calls {

    private final RunId runId;

    StoredCalls(RunId runId) {
      this.runId = runId;
    }

    @Override
    public @Nullable CallProgress find(CallId callId) {
      return RunStores.this.find(runId, callId);
    }

    @Override
    public List<CallProgress> live() {
      List<CallProgress> all = new ArrayList<>();
      try (var found = calls.prefixScan(runId + "/", new StringSerializer())) {
        found.forEachRemaining(entry -> all.add(entry.value));
      }
      return all;
    }

    @Override
    public List<CallProgress> ended(int from, int most) {
      List<CallProgress> some = new ArrayList<>();
      try (var found = ended.range(key(runId, from), key(runId, Integer.MAX_VALUE))) {
        while (found.hasNext() && some.size() < most) {
          some.add(resting.get(key(runId, CallId.parse(found.next().value))));
        }
      }
      return some;
    }

    @Override
    public @Nullable ReadyCall ready(ReadyPlace place) {
      return ready.get(key(runId, place));
    }
  }
}
