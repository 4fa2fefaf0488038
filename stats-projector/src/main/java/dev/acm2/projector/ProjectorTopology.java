package dev.acm2.projector;

import dev.acm2.contract.Topics;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// acm2.events -> fold -> acm2.views, acm2.quarantine. Everything has a name of its own, so that the
/// topics behind the stores never shift.
final class ProjectorTopology {

  static final String RUNS = "runs";
  static final String CALLS = "calls";
  static final String VIEWS_SINK = "views";
  static final String QUARANTINE_SINK = "quarantine";
  private static final String SOURCE = "events";
  private static final String FOLD = "fold";

  private ProjectorTopology() {}

  /// @param generation counts the rebuilds of the views
  static Topology build(int generation) {
    return build(generation, Stores::persistentKeyValueStore);
  }

  /// @param stores where a store of a name lives
  static Topology build(int generation, Function<String, KeyValueBytesStoreSupplier> stores) {
    ProcessorSupplier<byte[], byte[], Object, Object> fold = () -> new FoldProcessor(generation);
    return new Topology()
      .addSource(
        SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.EVENTS.topic()
      )
      .addProcessor(FOLD, fold, SOURCE)
      .addStateStore(store(stores.apply(RUNS)), FOLD)
      .addStateStore(store(stores.apply(CALLS)), FOLD)
      .addSink(
        VIEWS_SINK,
        Topics.VIEWS.topic(),
        new StringSerializer(),
        Emitted.SERIALIZER,
        Emitted.PARTITIONER,
        FOLD
      )
      .addSink(
        QUARANTINE_SINK,
        Topics.QUARANTINE.topic(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        FOLD
      );
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store(
    KeyValueBytesStoreSupplier supplier
  ) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray());
  }
}
