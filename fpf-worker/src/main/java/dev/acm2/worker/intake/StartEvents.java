package dev.acm2.worker.intake;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.worker.call.InFlightCall;
import dev.acm2.worker.intake.IntakePlan.NotStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a worker says about the work that it took.
final class StartEvents {

  private final String workerId;
  private final EventStamp stamp;

  StartEvents(String workerId, EventStamp stamp) {
    this.workerId = workerId;
    this.stamp = stamp;
  }

  List<ProducerRecord<byte[], byte[]>> of(List<InFlightCall> started, List<NotStarted> notStarted) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    started.forEach(call -> records.add(started(call)));
    notStarted.forEach(each -> ended(each).ifPresent(records::add));
    return records;
  }

  private ProducerRecord<byte[], byte[]> started(InFlightCall call) {
    WorkItem item = call.item();
    return recorded(
      item.runId(),
      new CallStarted(item.callId(), item.epoch(), 1, workerId, call.deadlineAt())
    );
  }

  /// A released call of a cancelled run ends here. One whose time to start is over is ended by the
  /// orchestrator, which watches that time itself; one that is in flight here ends by itself.
  private Optional<ProducerRecord<byte[], byte[]>> ended(NotStarted passedOver) {
    WorkItem item = passedOver.item();
    return switch (passedOver.cause()) {
      case RUN_CANCELLED -> Optional.of(
        recorded(
          item.runId(),
          new CallCancelled(
            item.callId(),
            item.epoch(),
            0,
            passedOver.message(),
            Spend.NONE,
            List.of()
          )
        )
      );
      case QUEUE_TTL, ALREADY_STARTED -> Optional.empty();
    };
  }

  private ProducerRecord<byte[], byte[]> recorded(RunId runId, RunEvent event) {
    return EventRecords.toRecord(stamp.stamp(runId, event));
  }
}
