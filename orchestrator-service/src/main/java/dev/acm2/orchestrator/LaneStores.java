package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The lanes of one partition: who is next in each, the waiting calls one by one, the known calls.
final class LaneStores {

  static final String LANES = "lanes";
  static final String QUEUE = "lane-queue";
  static final String CALLS = "lane-calls";

  /// Stands between the standing of a call and the tokens that it holds.
  private static final String HELD = " ";

  private final KeyValueStore<String, Lane> lanes;
  private final KeyValueStore<String, LaneCommand.Enqueue> queue;
  private final KeyValueStore<String, String> calls;

  LaneStores(ProcessorContext<?, ?> context) {
    lanes = context.getStateStore(LANES);
    queue = context.getStateStore(QUEUE);
    calls = context.getStateStore(CALLS);
  }

  static List<StoreBuilder<?>> builders() {
    return List.of(
      Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(LANES),
        Serdes.String(),
        StateJson.serde(Lane.class)
      ),
      Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(QUEUE),
        Serdes.String(),
        StateJson.serde(LaneCommand.Enqueue.class)
      ),
      Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(CALLS),
        Serdes.String(),
        Serdes.String()
      )
    );
  }

  Lane lane(String name) {
    Lane lane = lanes.get(name);
    return lane == null ? Lane.EMPTY : lane;
  }

  void save(String name, Lane lane) {
    lanes.put(name, lane);
  }

  /// Makes a lane known that may never have been used.
  void open(String name) {
    lanes.putIfAbsent(name, Lane.EMPTY);
  }

  void remove(String name) {
    lanes.delete(name);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    try (KeyValueIterator<String, Lane> all = lanes.all()) {
      all.forEachRemaining(entry -> names.add(entry.key));
    }
    return names;
  }

  LaneEntries entries(String lane) {
    return new StoredEntries(lane);
  }

  private final class StoredEntries implements LaneEntries {

    private final String lane;

    StoredEntries(String lane) {
      this.lane = lane;
    }

    @Override
    public Standing standing(CallId callId, int epoch) {
      String known = calls.get(key(callId, epoch));
      return known == null ? Standing.UNKNOWN : Standing.valueOf(known.split(HELD, 2)[0]);
    }

    @Override
    public void mark(CallId callId, int epoch, Standing standing) {
      switch (standing) {
        case UNKNOWN -> calls.delete(key(callId, epoch));
        case WAITING, RELEASED -> calls.put(key(callId, epoch), standing.name());
      }
    }

    @Override
    public long held(CallId callId, int epoch) {
      String known = calls.get(key(callId, epoch));
      return known == null || !known.contains(HELD) ? 0 : Long.parseLong(known.split(HELD, 2)[1]);
    }

    @Override
    public void hold(CallId callId, int epoch, long tokens) {
      calls.put(key(callId, epoch), Standing.RELEASED + HELD + tokens);
    }

    @Override
    public void add(RunId runId, long number, LaneCommand.Enqueue call) {
      queue.put(key(runId, number), call);
    }

    @Override
    public LaneCommand.Enqueue peek(RunId runId, long number) {
      return Objects.requireNonNull(queue.get(key(runId, number)), "a waiting call is missing");
    }

    @Override
    public LaneCommand.Enqueue take(RunId runId, long number) {
      return Objects.requireNonNull(queue.delete(key(runId, number)), "a waiting call is missing");
    }

    private String key(CallId callId, int epoch) {
      return lane + "/" + callId + "/" + epoch;
    }

    private String key(RunId runId, long number) {
      return lane + "/" + runId + "/" + "%016x".formatted(number);
    }
  }
}
