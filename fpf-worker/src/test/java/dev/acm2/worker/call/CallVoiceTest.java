package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Await;
import dev.acm2.worker.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallVoiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final CallId CALL = CallId.parse("a".repeat(32));

  private final RecordingSink sink = new RecordingSink();
  private final CallClock clock = new SystemCallClock();
  private final CallVoice voice = new CallVoice(RunId.of(Instant.EPOCH, 1, 1));

  @Test
  void shouldSayTheFirstReportAtOnceAndOfTheOthersTheLatestASecond() {
    long begun = System.nanoTime();
    report("1");
    Await.until("the first", PATIENCE, () -> sink.events().size() == 1);
    for (int number = 2; number <= 500; number++) {
      report(String.valueOf(number));
    }
    Await.until("the latest", PATIENCE, () -> sink.events().size() == 2);
    assertThat(messages()).containsExactly("1", "500");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(
      CallVoice.PROGRESS_PAUSE
    );
  }

  @Test
  void shouldNotLoseTheLastReportBeforeTheEnd() {
    report("1");
    Await.until("the first", PATIENCE, () -> sink.events().size() == 1);
    report("2");
    report("3");
    assertThat(voice.fallSilent(clock)).contains(progress("3"));
    // and: nothing comes after it
    report("4");
    voice.flush(sink, clock);
    assertThat(voice.say(sink, progress("5"))).isFalse();
    assertThat(voice.fallSilent(clock)).isEmpty();
    assertThat(messages()).containsExactly("1");
  }

  @Test
  void shouldSayTheLastReportOfAnAttemptBeforeTheNextOne() {
    report("1");
    Await.until("the first", PATIENCE, () -> sink.events().size() == 1);
    report("2");
    voice.flush(sink, clock);
    assertThat(voice.say(sink, progress("next attempt"))).isTrue();
    assertThat(messages()).containsExactly("1", "2", "next attempt");
  }

  @Test
  void shouldLetNothingBeSaidAfterTheEndThatWasBegunBeforeIt() throws InterruptedException {
    // given: a log that answers when told to
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    EventSink slow = (runId, event) -> {
      begun.countDown();
      awaitUnchecked(answer);
      sink.publish(runId, event);
    };
    Thread speaker = Thread.ofVirtual().start(() -> voice.say(slow, progress("retry")));
    begun.await();
    Thread ender = Thread.ofVirtual().start(() -> {
      voice.fallSilent(clock);
      sink.publish(RunId.of(Instant.EPOCH, 1, 1), progress("end"));
    });
    answer.countDown();
    assertThat(ender.join(PATIENCE)).isTrue();
    assertThat(speaker.join(PATIENCE)).isTrue();
    assertThat(messages()).containsExactly("retry", "end");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void report(String message) {
    voice.report(sink, clock, progress(message));
  }

  private static CallProgressed progress(String message) {
    return new CallProgressed(CALL, 1, 1, message, null);
  }

  private List<String> messages() {
    return sink
      .events()
      .stream()
      .map(event -> ((CallProgressed) event).message())
      .toList();
  }
}
