package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import dev.acm2.cli.SseStream.Ended;
import dev.acm2.cli.SseStream.Message;
import dev.acm2.cli.SseStream.Received;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Follows a run's live stream to its end. A stream that ends or falls silent is opened again where it
/// was left off.
final class Watch {

  private static final Duration TICK = Duration.ofSeconds(1);
  /// Three heartbeats.
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int GIVE_UP_AFTER = 12;

  private final GatewayClient gateway;
  private final Display display;
  private final InstantSource clock;
  private final DoubleSupplier random;
  private final LiveRun live = new LiveRun();
  private @Nullable String lastId;
  private @Nullable Duration askedFor;
  private int failures;

  Watch(GatewayClient gateway, Display display, InstantSource clock, DoubleSupplier random) {
    this.gateway = gateway;
    this.display = display;
    this.clock = clock;
    this.random = random;
  }

  static Watch of(GatewayClient gateway, Display display) {
    return new Watch(gateway, display, InstantSource.system(), () ->
      ThreadLocalRandom.current().nextDouble()
    );
  }

  /// @return the exit code that fits the run's outcome
  /// @throws CliFailure when there is no such run, or no service at first or 12 times in a row
  int follow(RunId runId) {
    return follow(runId, Run::finished);
  }

  /// @param over whether the run has come to the end that is waited for
  int follow(RunId runId, Predicate<Run> over) {
    while (true) {
      String lost = stream(runId, over);
      Run run = live.run();
      if (run != null && over.test(run)) {
        return run.exitCode();
      }
      pause(lost);
    }
  }

  /// Why the stream ended.
  private String stream(RunId runId, Predicate<Run> over) {
    askedFor = null;
    try (SseStream stream = SseStream.of(gateway.events(runId, lastId))) {
      return read(stream, over);
    } catch (CliFailure e) {
      failures++;
      if (e.exitCode() != ExitCode.UNAVAILABLE || live.run() == null || failures > GIVE_UP_AFTER) {
        throw e;
      }
      return String.valueOf(e.getMessage());
    }
  }

  private String read(SseStream stream, Predicate<Run> over) {
    Instant heard = clock.instant();
    while (true) {
      @Nullable
      Message message = stream.next(TICK);
      Instant now = clock.instant();
      if (message == null) {
        display.tick(live, now, null);
        if (Duration.between(heard, now).compareTo(SILENCE) > 0) {
          return "nothing was heard for " + Format.duration(SILENCE);
        }
        continue;
      }
      heard = now;
      switch (message) {
        case Received(SseEvent event) -> accept(event, now);
        case SseStream.Heartbeat _ -> failures = 0;
        case Ended(String reason) -> {
          return reason;
        }
      }
      Run run = live.run();
      if (run != null && over.test(run)) {
        return "the run is finished";
      }
    }
  }

  private void accept(SseEvent event, Instant now) {
    failures = 0;
    lastId = event.id();
    Frame.of(event).ifPresent(frame -> {
      live.apply(frame);
      if (frame instanceof Frame.Bye bye) {
        if (bye.forGood()) {
          throw new CliFailure(ExitCode.DATA, "the run was deleted");
        }
        askedFor = Duration.ofMillis(bye.retryMs());
      }
      display.frame(event, live, now);
    });
  }

  private void pause(String reason) {
    Duration delay = askedFor == null ? Backoff.delay(failures, random.getAsDouble()) : askedFor;
    display.tick(live, clock.instant(), "connection lost (" + reason + "), reconnecting");
    Pause.of(delay);
  }
}
