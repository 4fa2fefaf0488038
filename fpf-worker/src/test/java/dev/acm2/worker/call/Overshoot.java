package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static dev.acm2.worker.ScriptedServer.trickle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.testkit.Await;
import dev.acm2.worker.RecordingSink.Told;
import dev.acm2.worker.ScriptedServer;
import dev.acm2.worker.ScriptedServer.Behaviour;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.ProviderExchanges;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// How much later than at their deadline calls are stopped when all of them hang at once.
final class Overshoot {

  static final int CALLS = 300;

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration GENEROUS = Duration.ofSeconds(5);

  private Overshoot() {}

  /// The ways in which a provider hangs.
  enum Hang {
    BEFORE_HEADERS(hang()),
    IN_BODY(hangAfter("{\"status\":\"comp")),
    TRICKLE(trickle());

    private final Behaviour behaviour;

    Hang(Behaviour behaviour) {
      this.behaviour = behaviour;
    }
  }

  /// Prints what is measured; only something far out of order fails.
  static void measure(String store, ArtifactStore artifacts, Hang how) {
    try (
      ScriptedServer server = new ScriptedServer(how.behaviour);
      ProviderExchanges exchanges = new ProviderExchanges();
      CallHarness worker = new CallHarness(
        artifacts,
        exchanges,
        new SystemCallClock(),
        CallHarness.providersAt(server.baseUrl())
      )
    ) {
      worker.watch();
      WorkItems work = WorkItems.of(artifacts).withLimits(WorkItems.limits(DEADLINE, DEADLINE, 3));
      for (int number = 1; number <= CALLS; number++) {
        worker.start(work.withNumber(number).item());
      }
      Await.until("all ends", PATIENCE, () -> worker.sink.ends().size() == CALLS);
      assertThat(worker.sink.ends()).allMatch(CallTimedOut.class::isInstance);
      report(store + ", " + how, toldEnds(worker));
    }
  }

  /// What the calls told of themselves before they ended is not measured.
  private static List<Told> toldEnds(CallHarness worker) {
    return worker.sink
      .told()
      .stream()
      .filter(told -> told.event() instanceof CallEnded)
      .toList();
  }

  private static void report(String name, List<Told> told) {
    List<Long> stopped = millis(told, each -> each.enforced());
    List<Long> written = millis(told, each -> each.written());
    long watchdog = told
      .stream()
      .filter(each -> end(each).enforcedBy() == Enforcer.WATCHDOG)
      .count();
    System.out.printf(
      "overshoot of %d calls, %s: stopped p50 %d ms, p99 %d ms, max %d ms; " +
        "end written p99 %d ms; %d by the watchdog%n",
      told.size(),
      name,
      at(stopped, 50),
      at(stopped, 99),
      at(stopped, 100),
      at(written, 99),
      watchdog
    );
    assertThat(at(written, 100)).as(name).isLessThan(GENEROUS.toMillis());
  }

  private record Late(Duration enforced, Duration written) {}

  private static List<Long> millis(List<Told> told, Function<Late, Duration> which) {
    return told.stream().map(Overshoot::late).map(which).map(Duration::toMillis).sorted().toList();
  }

  private static Late late(Told told) {
    CallTimedOut end = end(told);
    return new Late(
      Duration.between(end.deadline(), end.enforcedAt()),
      Duration.between(end.deadline(), told.at())
    );
  }

  private static CallTimedOut end(Told told) {
    return (CallTimedOut) told.event();
  }

  private static long at(List<Long> sorted, int percent) {
    return sorted.get((int) Math.ceil((sorted.size() * percent) / 100.0) - 1);
  }
}
