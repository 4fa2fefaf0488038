package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The lanes whose limits somebody has set, read back from what lanes publish: every process knows them,
/// whichever one has the lane.
final class Overrides implements Processor<byte[], byte[], Void, Void> {

  static final String STORE = "lane-overrides";

  private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);

  private @Nullable ProcessorContext<Void, Void> context;

  static StoreBuilder<KeyValueStore<String, LaneLimits>> builder() {
    return Stores.keyValueStoreBuilder(
      Stores.inMemoryKeyValueStore(STORE),
      Serdes.String(),
      StateJson.serde(LaneLimits.class)
    ).withLoggingDisabled();
  }

  static Set<String> names(ReadOnlyKeyValueStore<String, LaneLimits> overrides) {
    Set<String> names = new TreeSet<>();
    try (KeyValueIterator<String, LaneLimits> all = overrides.all()) {
      all.forEachRemaining(entry -> names.add(entry.key));
    }
    return names;
  }

  @Override
  public void init(ProcessorContext<Void, Void> initial) {
    context = initial;
  }

  @Override
  public void process(Record<byte[], byte[]> received) {
    if (received.key() == null) {
      return;
    }
    String lane = new String(received.key(), StandardCharsets.UTF_8);
    try {
      put(lane, received.value());
    } catch (JacksonException e) {
      LOG.error("passed over a view of lane {}: {}", lane, e.getOriginalMessage());
    }
  }

  private void put(String lane, byte @Nullable [] value) {
    KeyValueStore<String, LaneLimits> overrides = Objects.requireNonNull(context).getStateStore(
      STORE
    );
    LaneView view = value == null ? null : ContractJson.EVENTS.readValue(value, LaneView.class);
    overrides.put(lane, view != null && view.overridden() ? view.limits() : null);
  }
}
