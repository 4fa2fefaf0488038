package dev.acm2.orchestrator;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// What a real log has of a run.
record WrittenLog(KafkaSettings kafka) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  List<RunEvent> of(RunId runId) {
    TopicPartition partition = new TopicPartition(Topics.EVENTS.topic(), RunLog.partitionOf(runId));
    long end;
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader()) {
      end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
    List<RunEvent> events = new ArrayList<>();
    new RunLog(kafka, PATIENCE).read(runId, 0, end - 1, entry ->
      events.add(entry.recorded().event())
    );
    return events;
  }

  <T extends RunEvent> List<T> of(RunId runId, Class<T> type) {
    return of(runId).stream().filter(type::isInstance).map(type::cast).toList();
  }
}
