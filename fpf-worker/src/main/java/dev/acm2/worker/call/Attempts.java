package dev.acm2.worker.call;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.call.Purpose.Brought;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.AttemptOutcome;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import dev.acm2.worker.provider.Bill;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt: stores the request, sends it, waits to its last byte, charges it, stores what came,
/// and reads it.
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final CallFiles files;
  private final Exchanges exchanges;
  private final EventSink sink;
  private final CallConsole console;
  private final CallClock clock;

  Attempts(
    CallFiles files,
    Exchanges exchanges,
    EventSink sink,
    CallConsole console,
    CallClock clock
  ) {
    this.files = files;
    this.exchanges = exchanges;
    this.sink = sink;
    this.console = console;
    this.clock = clock;
  }

  /// What an attempt came to.
  sealed interface Attempted {}

  /// The call was ended or cancelled by somebody else.
  record Stopped() implements Attempted {}

  /// The deadline of the call came before the end of the exchange.
  ///
  /// @param at when the exchange was stopped
  record ByDeadline(Instant at, String message) implements Attempted {}

  /// A text came.
  record Wrote(String text, Evidence evidence, Timings timings) implements Attempted {}

  /// A verdict came.
  record Judged(CallResult verdict, Evidence evidence, Timings timings) implements Attempted {}

  /// @param problem what the model can mend when it is asked again, null when it is nothing of the
  ///     kind
  record Failed(Failure failure, @Nullable String problem) implements Attempted {}

  Attempted once(InFlightCall call, Ask ask, int attempt) {
    byte[] body = ask.body();
    CallArtifact request = files.request(call.item(), attempt, body);
    if (!call.beginAttempt(attempt, request)) {
      return new Stopped();
    }
    console.sent(call, attempt, body.length);
    Exchange exchange = open(call, ask, attempt, body);
    call.attach(exchange);
    Duration left = call.remaining(clock);
    Duration most = call.item().limits().attemptTimeout();
    boolean lastOne = left.compareTo(most) <= 0;
    ExchangeEnd end = exchange.await(lastOne ? left : most);
    Instant at = clock.now();
    call.settle();
    call.voice().flush(sink, clock);
    AttemptOutcome outcome = settle(call, ask, attempt, end);
    if (!keep(call, attempt, end)) {
      return new Stopped();
    }
    return lastOne && end instanceof ExchangeEnd.TimedOut && outcome instanceof Failure failure
      ? new ByDeadline(at, "the deadline came first: " + failure.message())
      : read(ask, outcome, end.arrived().timings());
  }

  private Exchange open(InFlightCall call, Ask ask, int attempt, byte[] body) {
    Provider provider = ask.provider();
    Exchange exchange = exchanges.open(
      ask.request(attempt, body, line -> console.program(call, attempt, provider, sink, line))
    );
    return new ScrubbedExchange(exchange, provider);
  }

  /// Charges what the exchange has cost, whatever it came to.
  private AttemptOutcome settle(InFlightCall call, Ask ask, int attempt, ExchangeEnd end) {
    AttemptOutcome outcome = ask.provider().classify(end, call.item().options(), clock.now());
    if (end instanceof ExchangeEnd.Broken broken && !broken.sent()) {
      call.unsent();
    }
    Usd cost = cost(ask, outcome);
    call.charge(outcome.bill().usage(), cost);
    console.answered(call, attempt, end, outcome, cost);
    return outcome;
  }

  private static Usd cost(Ask ask, AttemptOutcome outcome) {
    Bill bill = outcome.bill();
    Usd told = bill.cost();
    boolean silent = outcome instanceof Success && told == null && bill.usage().equals(Usage.NONE);
    if (silent && ask.price().outputUsdPerMillion().signum() > 0) {
      LOG.warn(
        "call {}: {} tells no usage, so its cost is not known and counts as 0",
        ask.item().callId(),
        ask.item().model()
      );
    }
    return told == null ? ask.price().cost(bill.usage(), bill.searches()) : told;
  }

  /// Stores what came; false when the call is over.
  private boolean keep(InFlightCall call, int attempt, ExchangeEnd end) {
    if (call.isOver()) {
      return false;
    }
    WorkItem item = call.item();
    files.response(item, attempt, end.arrived()).ifPresent(call::add);
    return call.mayGoOn();
  }

  private static Attempted read(Ask ask, AttemptOutcome outcome, Timings timings) {
    return switch (outcome) {
      case Failure failure -> new Failed(failure, null);
      case Success success -> switch (ask.briefing().purpose().read(success.text())) {
        case Brought.Text(var text) -> new Wrote(text, success.evidence(), timings);
        case Brought.Verdict(var verdict) -> new Judged(verdict, success.evidence(), timings);
        case Brought.Unusable(var problem) -> new Failed(success.unusable(problem), problem);
      };
    };
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

    @Override
    public Stage stage() {
      return exchange.stage();
    }
  }
}
