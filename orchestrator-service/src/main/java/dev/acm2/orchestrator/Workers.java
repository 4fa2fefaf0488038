package dev.acm2.orchestrator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// When each worker was last heard of, by the clock of the listener: silence is measured with one clock,
/// whatever the clocks of the workers say.
final class Workers implements Processor<byte[], byte[], Void, Void> {

  static final String STORE = "workers";

  private @org.jspecify.annotations.Nullable ProcessorContext<Void, Void> context;

  static StoreBuilder<KeyValueStore<String, Long>> builder() {
    return Stores.keyValueStoreBuilder(
      Stores.inMemoryKeyValueStore(STORE),
      Serdes.String(),
      Serdes.Long()
    ).withLoggingDisabled();
  }

  static Instant seenAt(KeyValueStore<String, Long> workers, String workerId) {
    Long seen = workers.get(workerId);
    return seen == null ? Instant.EPOCH : Instant.ofEpochMilli(seen);
  }

  @Override
  public void init(ProcessorContext<Void, Void> initial) {
    context = initial;
  }

  @Override
  public void process(Record<byte[], byte[]> heartbeat) {
    ProcessorContext<Void, Void> here = java.util.Objects.requireNonNull(context);
    if (heartbeat.key() == null) {
      return;
    }
    KeyValueStore<String, Long> workers = here.getStateStore(STORE);
    String workerId = new String(heartbeat.key(), StandardCharsets.UTF_8);
    workers.put(workerId, heartbeat.value() == null ? null : here.currentSystemTimeMs());
  }
}
