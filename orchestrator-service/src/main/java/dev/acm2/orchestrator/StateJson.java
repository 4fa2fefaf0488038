package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/// State and commands of this service as JSON.
final class StateJson {

  private StateJson() {}

  static <T> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom(serializer(), deserializer(type));
  }

  static <T> Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : ContractJson.EVENTS.writeValueAsBytes(value);
  }

  private static <T> Deserializer<T> deserializer(Class<T> type) {
    return (topic, bytes) -> bytes == null ? null : ContractJson.EVENTS.readValue(bytes, type);
  }
}
