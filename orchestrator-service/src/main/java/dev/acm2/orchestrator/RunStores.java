package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// The runs of one partition. Everything is in the stores, whose changelogs are written in the
/// transaction of the input; in memory are only plans, which never change.
///
/// A finished run leaves its [RunProgress] behind and nothing else.
final class RunStores {

  static final String RUNS = "runs";
  static final String SPECS = "specs";
  static final String CALLS = "calls";
  static final String DUES = "dues";

  private static final int PLANS_KEPT = 200;

  private final KeyValueStore<String, RunProgress> runs;
  private final KeyValueStore<String, RunRequested> specs;
  private final KeyValueStore<String, CallProgress> calls;
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
    dues = context.getStateStore(DUES);
  }

  static List<StoreBuilder<?>> builders() {
    return List.of(
      store(RUNS, RunProgress.class),
      store(SPECS, RunRequested.class),
      store(CALLS, CallProgress.class),
      Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(DUES),
        Serdes.String(),
        Serdes.ByteArray()
      )
    );
  }

  private static <T> StoreBuilder<?> store(String name, Class<T> type) {
    return Stores.keyValueStoreBuilder(
      Stores.inMemoryKeyValueStore(name),
      Serdes.String(),
      StateJson.serde(type)
    );
  }

  /// A run that is being requested, or nothing when it already was.
  Optional<RunState> open(RunId runId, RunRequested event) {
    if (runs.get(runId.toString()) != null) {
      return Optional.empty();
    }
    specs.put(runId.toString(), event);
    RunPlan plan = new RunPlan(runId, event.spec());
    plans.put(runId, plan);
    RunProgress fresh = RunProgress.requested(plan.size(), event.deadlineAt());
    return Optional.of(new RunState(runId, plan, fresh, new StoredCalls(runId)));
  }

  /// A run that was requested and has not finished.
  Optional<RunState> find(RunId runId) {
    RunProgress progress = runs.get(runId.toString());
    if (progress == null || progress.outcome() != null) {
      return Optional.empty();
    }
    return Optional.of(new RunState(runId, plan(runId), progress, new StoredCalls(runId)));
  }

  private RunPlan plan(RunId runId) {
    return plans.computeIfAbsent(runId, id -> new RunPlan(id, specs.get(id.toString()).spec()));
  }

  void save(RunId runId, RunStep step) {
    RunProgress before = runs.get(runId.toString());
    moveDue(
      new DueKey(runId, null),
      before == null ? null : before.dueAt(),
      step.progress().dueAt()
    );
    runs.put(runId.toString(), step.progress());
    step.calls().forEach((callId, call) -> saveCall(runId, callId, call.orElse(null)));
    if (step.progress().outcome() != null) {
      specs.delete(runId.toString());
      plans.remove(runId);
    }
  }

  private void saveCall(RunId runId, CallId callId, @Nullable CallProgress call) {
    String key = key(runId, callId);
    CallProgress before = calls.get(key);
    moveDue(
      new DueKey(runId, callId),
      before == null ? null : before.dueAt(),
      call == null ? null : call.dueAt()
    );
    if (call != null) {
      calls.put(key, call);
    } else if (before != null) {
      calls.delete(key);
    }
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

  private final class StoredCalls implements RunState.Calls {

    private final RunId runId;

    StoredCalls(RunId runId) {
      this.runId = runId;
    }

    @Override
    public @Nullable CallProgress find(CallId callId) {
      return calls.get(key(runId, callId));
    }

    @Override
    public List<CallProgress> all() {
      List<CallProgress> all = new ArrayList<>();
      try (var found = calls.prefixScan(runId + "/", new StringSerializer())) {
        found.forEachRemaining(entry -> all.add(entry.value));
      }
      return all;
    }
  }
}
