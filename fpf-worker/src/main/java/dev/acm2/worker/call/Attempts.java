package dev.acm2.worker.call;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.AttemptOutcome;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Provider;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt: stores the request, sends it, waits to its last byte, charges it, stores what came.
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final CallFiles files;
  private final Exchanges exchanges;
  private final CallClock clock;

  Attempts(CallFiles files, Exchanges exchanges, CallClock clock) {
    this.files = files;
    this.exchanges = exchanges;
    this.clock = clock;
  }

  /// What an attempt came to.
  sealed interface Attempted {}

  /// The call was ended or cancelled by somebody else.
  record Stopped() implements Attempted {}

  /// The deadline of the call came before the end of the exchange.
  record ByDeadline(String message) implements Attempted {}

  record Ended(AttemptOutcome outcome, Timings timings) implements Attempted {}

  Attempted once(InFlightCall call, Ask ask, int attempt) {
    CallArtifact request = files.request(call.item(), attempt, ask.body());
    if (!call.beginAttempt(attempt, request)) {
      return new Stopped();
    }
    Exchange exchange = new ScrubbedExchange(exchanges.open(ask.request(attempt)), ask.provider());
    call.attach(exchange);
    Duration left = call.remaining(clock);
    Duration most = call.item().limits().attemptTimeout();
    boolean lastOne = left.compareTo(most) <= 0;
    ExchangeEnd end = exchange.await(lastOne ? left : most);
    return ended(call, ask, attempt, end, lastOne);
  }

  private Attempted ended(
    InFlightCall call,
    Ask ask,
    int attempt,
    ExchangeEnd end,
    boolean limitedByDeadline
  ) {
    WorkItem item = call.item();
    AttemptOutcome outcome = ask.provider().classify(end, item.options(), clock.now());
    if (end instanceof ExchangeEnd.Broken broken && !broken.sent()) {
      call.unsent();
    }
    charge(call, ask, outcome);
    if (call.isOver()) {
      return new Stopped();
    }
    files.response(item, attempt, end.arrived()).ifPresent(call::add);
    if (!call.mayGoOn()) {
      return new Stopped();
    }
    return limitedByDeadline &&
      end instanceof ExchangeEnd.TimedOut &&
      outcome instanceof AttemptOutcome.Failure failure
      ? new ByDeadline("the deadline came first: " + failure.message())
      : new Ended(outcome, end.arrived().timings());
  }

  private static void charge(InFlightCall call, Ask ask, AttemptOutcome outcome) {
    Usd told = outcome.cost();
    Usd cost = told == null ? ask.price().cost(outcome.usage()) : told;
    call.charge(outcome.usage(), cost);
    boolean silent =
      outcome instanceof AttemptOutcome.Success &&
      told == null &&
      outcome.usage().equals(Usage.NONE);
    if (silent && ask.price().outputUsdPerMillion().signum() > 0) {
      LOG.warn(
        "call {}: {} tells no usage, so its cost is not known and counts as 0",
        call.item().callId(),
        call.item().model()
      );
    }
  }

  /// An exchange that never tells the provider's key, which a broken server may echo.
  private record ScrubbedExchange(Exchange exchange, Provider provider) implements Exchange {
    @Override
    public ExchangeEnd await(Duration limit) {
      return provider.scrubbed(exchange.await(limit));
    }

    @Override
    public void abort() {
      exchange.abort();
    }

    @Override
    public Arrived arrived() {
      return provider.scrubbed(exchange.arrived());
    }
  }
}
