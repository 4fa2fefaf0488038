package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.ProviderRequest;
import dev.acm2.worker.provider.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random failures on a clock that is moved by hand: what holds for every script of a provider.
class CallLoopPropertyTest {

  private static final int CALLS = 2000;

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 20251220 })
  void shouldKeepItsLimitsWhateverTheProviderDoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int number = 0; number < CALLS; number++) {
      check(random.split(), "seed " + seed + ", call " + number);
    }
  }

  private static void check(SplittableRandom random, String name) {
    InMemoryArtifactStore store = new InMemoryArtifactStore();
    HandClock clock = new HandClock();
    RandomProvider provider = new RandomProvider(random, clock);
    WorkItem item = WorkItems.of(store)
      .withLimits(
        WorkItems.limits(
          Duration.ofMillis(random.nextLong(1000, 120_000)),
          Duration.ofMillis(random.nextLong(500, 60_000)),
          random.nextInt(1, 8)
        )
      )
      .item();
    try (
      CallHarness worker = new CallHarness(
        store,
        provider,
        clock,
        CallHarness.providersAt("http://127.0.0.1:1")
      )
    ) {
      InFlightCall call = worker.call(item);
      provider.watch(call);
      worker.calls.add(call);
      // when
      worker.loop.run(call);
      // then
      assertThat(worker.sink.ends()).as(name).hasSize(1);
      CallEnded end = worker.sink.ends().getFirst();
      assertThat(worker.sink.events().getLast()).as(name).isSameAs(end);
      assertThat(provider.sent).as(name).isLessThanOrEqualTo(item.limits().maxAttempts());
      assertThat(clock.now()).as(name).isBeforeOrEqualTo(call.deadlineAt());
      assertThat(provider.shortestBudget)
        .as(name)
        .isGreaterThanOrEqualTo(RetryPolicy.SHORTEST_ATTEMPT);
      assertThat(provider.longestLimit)
        .as(name)
        .isLessThanOrEqualTo(item.limits().attemptTimeout());
      int reached = provider.sent - provider.unreached;
      assertThat(end.spend()).as(name).isNotNull();
      assertThat(end.spend() == null ? -1 : end.spend().attempts())
        .as(name)
        .isEqualTo(reached);
      List<CallRetried> retries = worker.sink.retries();
      assertThat(retries)
        .as(name)
        .hasSize(Math.max(0, provider.sent - 1));
      for (int i = 0; i < retries.size(); i++) {
        assertThat(retries.get(i).attempt())
          .as(name)
          .isEqualTo(i + 2);
      }
      assertThat(worker.calls.size()).as(name).isZero();
    }
  }

  /// Moves only when somebody waits.
  private static final class HandClock implements CallClock {

    private final Instant start = Instant.parse("2025-12-20T21:48:29Z");
    private long nanos;

    @Override
    public Instant now() {
      return start.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void pause(Duration delay, CountDownLatch wakeUp) {
      nanos += delay.toNanos();
    }
  }

  private static final class RandomProvider implements Exchanges {

    private static final int[] STATUSES = { 200, 200, 400, 401, 429, 429, 500, 503, 529 };
    private static final String[] RETRY_AFTER = { "0", "1", "5", "30", "-7", "soon", "1000000000" };
    private final SplittableRandom random;
    private final HandClock clock;
    private InFlightCall call = new InFlightCall(
      WorkItems.of(new InMemoryArtifactStore()).item(),
      Instant.EPOCH,
      Instant.EPOCH,
      Instant.EPOCH,
      0
    );
    private int sent;
    private int unreached;
    private Duration shortestBudget = Duration.ofDays(1);
    private Duration longestLimit = Duration.ZERO;

    RandomProvider(SplittableRandom random, HandClock clock) {
      this.random = random;
      this.clock = clock;
    }

    void watch(InFlightCall watched) {
      call = watched;
    }

    @Override
    public Exchange open(ProviderRequest request) {
      sent++;
      Duration left = call.remaining(clock);
      shortestBudget = left.compareTo(shortestBudget) < 0 ? left : shortestBudget;
      return new Exchange() {
        @Override
        public ExchangeEnd await(Duration limit) {
          longestLimit = limit.compareTo(longestLimit) > 0 ? limit : longestLimit;
          return happen(limit);
        }

        @Override
        public void abort() {
          throw new AssertionError("nobody aborts here");
        }

        @Override
        public Arrived arrived() {
          return Arrived.nothing();
        }

        @Override
        public Stage stage() {
          return Stage.FIRST_BYTE;
        }
      };
    }

    private ExchangeEnd happen(Duration limit) {
      Duration took = Duration.ofMillis(random.nextLong(0, 90_000));
      if (took.compareTo(limit) >= 0) {
        clock.nanos += limit.toNanos();
        return new ExchangeEnd.TimedOut(Arrived.nothing(), limit);
      }
      clock.nanos += took.toNanos();
      return switch (random.nextInt(6)) {
        case 0 -> broken();
        case 1 -> new ExchangeEnd.TooLarge(Arrived.nothing());
        default -> new ExchangeEnd.Complete(answer());
      };
    }

    private ExchangeEnd broken() {
      boolean reached = random.nextBoolean();
      unreached += reached ? 0 : 1;
      return new ExchangeEnd.Broken(Arrived.nothing(), reached, "reset");
    }

    private Arrived answer() {
      int status = STATUSES[random.nextInt(STATUSES.length)];
      String body = Answers.responses(random.nextInt(3) == 0 ? "A text." : "").toString();
      String part = body.substring(0, random.nextInt(4) == 0 ? 20 : body.length());
      Map<String, String> headers = random.nextBoolean()
        ? Map.of()
        : Map.of("retry-after", RETRY_AFTER[random.nextInt(RETRY_AFTER.length)]);
      return new Arrived(
        status,
        headers,
        part.getBytes(StandardCharsets.UTF_8),
        new Timings(Duration.ZERO, Duration.ZERO)
      );
    }
  }
}
