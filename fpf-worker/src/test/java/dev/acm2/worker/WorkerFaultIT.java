package dev.acm2.worker;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.testkit.Await;
import dev.acm2.worker.intake.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What happens when workers die, leave, or are fenced.
class WorkerFaultIT extends WorkerFixture {

  @Test
  void shouldStartNothingTwiceAfterAWorkerDiedInsideItsTransaction() throws InterruptedException {
    // given: a worker that took the work, wrote its start, and died before the commit
    given(reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    stopWorker();
    WorkItem item = work.item();
    log.work(item);
    KafkaProducer<byte[], byte[]> dead = takeWithoutCommit(item);
    // when
    start(8);
    // then
    assertThat(awaitEnds(item.runId(), 1)).hasSize(1);
    assertThat(log.events(item.runId(), CallStarted.class)).hasSize(1);
    assertThat(log.events(item.runId(), CallStarted.class).getFirst().workerId()).isNotEqualTo(
      "dead"
    );
    assertThat(requestsOf(work)).isEqualTo(1);
    dead.close(Duration.ZERO);
  }

  @Test
  void shouldStartACallOnceWhenItsWorkIsDeliveredTwice() {
    CountDownLatch answer = new CountDownLatch(1);
    given((socket, server) -> {
      answer.await();
      reply(200, GOOD).answer(socket, server);
    });
    WorkItems work = WorkItems.of(start(8));
    log.work(work.item());
    log.work(work.item());
    log.work(work.withNumber(2).item());
    Await.until("both calls", PATIENCE, () -> requestsOf(work) == 2);
    Await.until(
      "both starts",
      PATIENCE,
      () -> log.events(work.runId(), CallStarted.class).size() == 2
    );
    answer.countDown();
    assertThat(awaitEnds(work.runId(), 2)).hasSize(2);
    assertThat(requestsOf(work)).isEqualTo(2);
  }

  @Test
  void shouldFinishCallsInFlightBeforeItStops() {
    CountDownLatch answer = new CountDownLatch(1);
    given((socket, server) -> {
      answer.await();
      reply(200, GOOD).answer(socket, server);
    });
    WorkItems work = WorkItems.of(start(8));
    log.work(work.item());
    Await.until("the request", PATIENCE, () -> requestsOf(work) == 1);
    Thread stopping = Thread.ofPlatform().start(this::stopWorker);
    Await.until("a draining heartbeat", PATIENCE, () -> leaves(work));
    // when: work that comes now is not taken
    log.work(work.withNumber(2).item());
    answer.countDown();
    // then
    Await.until("the stop", PATIENCE, () -> !stopping.isAlive());
    assertThat(awaitEnds(work.runId(), 1)).allMatch(CallSucceeded.class::isInstance);
    assertThat(requestsOf(work)).isEqualTo(1);
    // and: the next worker takes what was left
    start(8);
    assertThat(awaitEnds(work.runId(), 2)).allMatch(CallSucceeded.class::isInstance);
  }

  @Test
  void shouldHandBackACallThatDoesNotFinish() {
    given(hang(), reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8, "--acm2.worker.drain-timeout=1s"));
    log.work(work.item());
    Await.until("the request", PATIENCE, () -> requestsOf(work) == 1);
    // when
    stopWorker();
    // then
    Await.until(
      "the hand-back",
      PATIENCE,
      () -> !log.events(work.runId(), CallHandedBack.class).isEmpty()
    );
    assertThat(log.events(work.runId(), CallHandedBack.class))
      .singleElement()
      .satisfies(end -> {
        assertThat(end.epoch()).isEqualTo(1);
        assertThat(end.attempt()).isEqualTo(1);
        assertThat(end.spend().attempts()).isEqualTo(1);
      });
    Await.until("a draining heartbeat", PATIENCE, () -> leaves(work));
    Await.until("the console", PATIENCE, () ->
      log
        .lines(work.runId())
        .stream()
        .anyMatch(line -> line.text().startsWith("handed back"))
    );
    // when: it is released again
    start(8);
    log.work(work.withEpoch(2).item());
    // then: nothing else comes of the old epoch
    awaitEnds(work.runId(), 1);
    assertThat(log.events(work.runId()))
      .extracting(event -> event.getClass().getSimpleName())
      .containsExactly("CallStarted", "CallHandedBack", "CallStarted", "CallSucceeded");
  }

  @Test
  void shouldGoOnWithANewProducerWhenItsOwnIsFenced() {
    given(reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    log.work(work.item());
    awaitEnds(work.runId(), 1);
    String worker = log.events(work.runId(), CallStarted.class).getFirst().workerId();
    // when: somebody else takes over its transactional id
    try (
      KafkaProducer<byte[], byte[]> thief = kafka.transactionalProducer(Intake.GROUP + "-" + worker)
    ) {
      thief.initTransactions();
      log.work(work.withNumber(2).item());
      // then
      assertThat(awaitEnds(work.runId(), 2)).allMatch(CallSucceeded.class::isInstance);
    }
    assertThat(log.events(work.runId(), CallStarted.class)).hasSize(2);
    assertThat(requestsOf(work)).isEqualTo(2);
    Await.until("health", PATIENCE, () -> health().statusCode() == 200);
  }

  /// Takes the item as a worker does and leaves the transaction open, as a killed process does.
  private KafkaProducer<byte[], byte[]> takeWithoutCommit(WorkItem item) {
    KafkaProducer<byte[], byte[]> producer = kafka.transactionalProducer("fpf-worker-dead");
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(Intake.GROUP, Map.of())) {
      consumer.subscribe(List.of(Topics.WORK.topic()));
      ConsumerRecord<byte[], byte[]> taken = Await.value("the work", PATIENCE, () -> {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.value(), StandardCharsets.UTF_8).contains(item.callId().value())) {
            return Optional.of(record);
          }
        }
        return Optional.empty();
      });
      producer.initTransactions();
      producer.beginTransaction();
      CallStarted started = new CallStarted(
        item.callId(),
        item.epoch(),
        1,
        "dead",
        Instant.now().plusSeconds(60)
      );
      EventStamp stamp = EventStamp.of(new EventMeta.Producer("fpf-worker", "dead", "test"));
      Future<RecordMetadata> _ = producer.send(
        EventRecords.toRecord(stamp.stamp(item.runId(), started))
      );
      producer.sendOffsetsToTransaction(
        Map.of(
          new TopicPartition(taken.topic(), taken.partition()),
          new OffsetAndMetadata(taken.offset() + 1)
        ),
        consumer.groupMetadata()
      );
      producer.flush();
    }
    return producer;
  }
}
