package dev.acm2.worker.intake;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
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

  /// A released call that was cancelled ends here: it will never run. One whose time to start is
  /// over is ended by the orchestrator, which watches that time itself; one that is in flight here
  /// ends by itself.
  private Optional<ProducerRecord<byte[], byte[]>> ended(NotStarted passedOver) {
    return switch (passedOver.cause()) {
      case RUN_CANCELLED -> Optional.of(skipped(passedOver, Reason.RUN_CANCELLED));
      case CALL_CANCELLED -> Optional.of(skipped(passedOver, Reason.CALL_CANCELLED));
      case QUEUE_TTL, ALREADY_STARTED -> Optional.empty();
    };
  }

  private ProducerRecord<byte[], byte[]> skipped(NotStarted passedOver, Reason reason) {
    WorkItem item = passedOver.item();
    return recorded(
      item.runId(),
      new CallSkipped(
        item.callId(),
        item.epoch(),
        item.phase(),
        item.document(),
        item.model(),
        item.iteration(),
        reason,
        passedOver.message(),
        null,
        item.subject()
      )
    );
  }

  private ProducerRecord<byte[], byte[]> recorded(RunId runId, RunEvent event) {
    return EventRecords.toRecord(stamp.stamp(runId, event));
  }
}
