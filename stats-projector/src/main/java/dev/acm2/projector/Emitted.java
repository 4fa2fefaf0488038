package dev.acm2.projector;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// A view on its way out, with the partition that it belongs to: that of the event.
record Emitted(byte[] value, int partition) {
  static final Serializer<Emitted> SERIALIZER = (_, emitted) ->
    emitted == null ? null : emitted.value();
  static final StreamPartitioner<String, Emitted> PARTITIONER = (_, _, emitted, _) ->
    Optional.of(Set.of(emitted.partition()));
}
