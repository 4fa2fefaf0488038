package dev.acm2.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final List<String> stopped = new CopyOnWriteArrayList<>();

  @Test
  void shouldStopWhatNeedsOthersBeforeTheOthers() {
    Parts parts = new Parts(Duration.ofSeconds(30));
    parts.started(2, "service", () -> stopped.add("service"));
    parts.started(0, "log", () -> stopped.add("log"));
    parts.started(1, "database", () -> stopped.add("database"));

    parts.close();
    parts.close();

    assertThat(stopped).containsExactly("service", "database", "log");
  }

  @Test
  void shouldStopTheOthersWhenOnePartFails() {
    Parts parts = new Parts(Duration.ofSeconds(30));
    parts.started(0, "log", () -> stopped.add("log"));
    parts.started(1, "service", () -> {
      throw new IllegalStateException("cannot stop");
    });

    parts.close();

    assertThat(stopped).containsExactly("log");
  }

  @Test
  void shouldLeaveBehindAPartThatHangs() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Parts parts = new Parts(Duration.ofMillis(50));
    parts.started(0, "log", () -> stopped.add("log"));
    parts.started(1, "service", never::await);

    parts.close();

    assertThat(stopped).containsExactly("log");
    never.countDown();
  }

  @Test
  void shouldStopOnePartOnce() {
    Parts parts = new Parts(Duration.ofSeconds(30));
    parts.started(1, "service", () -> stopped.add("service"));

    parts.stop(1);
    parts.stop(1);
    parts.close();

    assertThat(stopped).containsExactly("service");
  }
}
