package dev.acm2.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.intake.IntakePlan.Cause;
import dev.acm2.worker.intake.IntakePlan.NotStarted;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartEventsTest {

  private final StartEvents events = new StartEvents(
    "w",
    EventStamp.of(new EventMeta.Producer("fpf-worker", "w", "b"))
  );
  private final WorkItem item = WorkItems.of(new InMemoryArtifactStore())
    .withEpoch(3)
    .judging(Phase.PAIRWISE, "a:b")
    .item();

  @ParameterizedTest
  @CsvSource({ "RUN_CANCELLED, RUN_CANCELLED", "CALL_CANCELLED, CALL_CANCELLED" })
  void shouldSkipWhatWasCancelled(Cause cause, CallSkipped.Reason reason) {
    assertThat(told(cause)).containsExactly(
      new CallSkipped(
        item.callId(),
        3,
        Phase.PAIRWISE,
        "doc.md",
        item.model(),
        1,
        reason,
        "enough",
        null,
        "a:b"
      )
    );
  }

  @Test
  void shouldLeaveTheOthersToThoseWhoEndThem() {
    assertThat(told(Cause.QUEUE_TTL)).isEmpty();
    assertThat(told(Cause.ALREADY_STARTED)).isEmpty();
  }

  private List<RunEvent> told(Cause cause) {
    return events
      .of(List.of(), List.of(new NotStarted(item, cause, "enough")))
      .stream()
      .map(StartEventsTest::decoded)
      .toList();
  }

  private static RunEvent decoded(ProducerRecord<byte[], byte[]> record) {
    Decoded decoded = EventCodec.decode(
      record.key(),
      record.value(),
      EventRecords.toMap(record.headers())
    );
    return ((Decoded.Known) decoded).recorded().event();
  }
}
