package dev.acm2.worker;

import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Work in, events out.
class WorkerIT extends WorkerFixture {

  @Test
  void shouldTurnWorkIntoEvents() throws IOException, InterruptedException {
    // given: records that nobody can read in front of a good one
    given(reply(503, "{}"), reply(200, GOOD));
    ArtifactStore store = start(8, "--acm2.worker.providers.google.api-key=");
    WorkItem item = WorkItems.of(store).item();
    log.work("not json".getBytes(StandardCharsets.UTF_8), item.callId().value());
    log.work("{\"runId\":null}".getBytes(StandardCharsets.UTF_8), item.callId().value());
    log.work("null".getBytes(StandardCharsets.UTF_8), item.callId().value());
    // when
    log.work(item);
    // then
    CallEnded end = awaitEnds(item.runId(), 1).getFirst();
    assertThat(end).isInstanceOf(CallSucceeded.class);
    assertThat(log.events(item.runId()))
      .extracting(event -> event.getClass().getSimpleName())
      .containsExactly("CallStarted", "CallRetried", "CallSucceeded");
    CallStarted started = log.events(item.runId(), CallStarted.class).getFirst();
    assertThat(Duration.between(Instant.now(), started.deadlineAt())).isLessThan(
      Duration.ofMinutes(1)
    );
    assertThat(end.artifacts()).allSatisfy(each ->
      assertThat(store.find(each.ref().sha256())).isPresent()
    );
    Await.until("a heartbeat", PATIENCE, () ->
      heartbeatsOf(started.workerId())
        .stream()
        .anyMatch(beat -> beat.slots() == 8 && !beat.draining())
    );
    assertThat(heartbeatsOf(started.workerId())).allSatisfy(beat ->
      assertThat(beat.providers()).contains("openai", "openai-compatible").doesNotContain("google")
    );
    Await.until("health", PATIENCE, () -> health().statusCode() == 200);
    assertThat(health().body()).contains("intake", "control", "publisher", "watchdog", "heartbeat");
    Await.until("the console", PATIENCE, () -> log.lines(item.runId()).size() == 6);
    assertThat(log.lines(item.runId())).allSatisfy(line -> {
      assertThat(line.source()).isEqualTo(started.workerId());
      assertThat(line.callId()).isEqualTo(item.callId());
    });
    assertThat(log.lines(item.runId()).getLast().text()).startsWith("succeeded after 2 attempts");
    assertThat(log.holds(KEY)).isFalse();
  }

  @Test
  void shouldNeverRunMoreCallsThanSlots() {
    // given: two slots and a provider that answers when told to
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch answer = new CountDownLatch(1);
    given((socket, server) -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      answer.await();
      now.decrementAndGet();
      reply(200, GOOD).answer(socket, server);
    });
    ArtifactStore store = start(2);
    WorkItems work = WorkItems.of(store);
    // when
    for (int number = 1; number <= 9; number++) {
      log.work(work.withNumber(number).item());
    }
    // then: full, and still a living member of the group
    Await.until("two calls", PATIENCE, () -> requestsOf(work) == 2);
    int beats = log.heartbeats().size();
    Await.until("time to pass", PATIENCE, () -> log.heartbeats().size() >= beats + 3);
    assertThat(requestsOf(work)).isEqualTo(2);
    assertThat(log.events(work.runId(), CallStarted.class)).hasSize(2);
    Await.until("health", PATIENCE, () -> health().statusCode() == 200);
    // when
    answer.countDown();
    // then
    assertThat(awaitEnds(work.runId(), 9)).allMatch(CallSucceeded.class::isInstance);
    assertThat(most).hasValueLessThanOrEqualTo(2);
    assertThat(requestsOf(work)).isEqualTo(9);
    assertThat(log.events(work.runId(), CallStarted.class)).hasSize(9);
  }

  @Test
  void shouldNotStartWhatWaitedTooLong() {
    given(reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    log.work(work.startedBy(Instant.now().minusSeconds(60)).item());
    log.work(work.withNumber(2).item());
    awaitEnds(work.runId(), 1);
    assertThat(log.events(work.runId(), CallStarted.class))
      .extracting(CallStarted::callId)
      .containsExactly(work.withNumber(2).item().callId());
    assertThat(requestsOf(work)).isEqualTo(1);
  }
}
