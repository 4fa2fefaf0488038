package dev.acm2.worker.intake;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Required;
import dev.acm2.contract.WorkItem;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Work items as records.
final class WorkRecords {

  private static final Logger LOG = LoggerFactory.getLogger(WorkRecords.class);

  private WorkRecords() {}

  /// Empty, and told in the log, when the record is no work item.
  static Optional<WorkItem> decode(ConsumerRecord<byte[], byte[]> received) {
    try {
      return Optional.of(decode(received.value()));
    } catch (JacksonException | IllegalArgumentException e) {
      LOG.error(
        "work record {}-{} at offset {} cannot be read, passed over: {}",
        received.topic(),
        received.partition(),
        received.offset(),
        e.getMessage()
      );
      return Optional.empty();
    }
  }

  private static WorkItem decode(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalArgumentException("a record without value");
    }
    WorkItem item = ContractJson.EVENTS.readValue(value, WorkItem.class);
    if (item == null) {
      throw new IllegalArgumentException("a record of null");
    }
    Required.check(item);
    if (item.limits().maxAttempts() < 1) {
      throw new IllegalArgumentException("maxAttempts is " + item.limits().maxAttempts());
    }
    return item;
  }
}
