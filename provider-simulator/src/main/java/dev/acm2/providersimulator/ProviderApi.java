package dev.acm2.providersimulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The provider's side: checks a request as the provider does and plans what becomes of it.
/// Takes the next scripted behaviour of the model, else draws by the shares in force.
final class ProviderApi {

  private final Planner planner;
  private final Scripts scripts;
  private final AtomicReference<FaultShares> shares;
  private final Occurrences occurrences;
  private final JsonMapper json;

  ProviderApi(
    Planner planner,
    Scripts scripts,
    AtomicReference<FaultShares> shares,
    Occurrences occurrences,
    JsonMapper json
  ) {
    this.planner = planner;
    this.scripts = scripts;
    this.shares = shares;
    this.occurrences = occurrences;
    this.json = json;
  }

  /// What goes into the ledger and what is done.
  record Handled(Ledger.Arrival arrival, Plan plan) {}

  Handled handle(HttpCall call, Instant now) {
    return switch (understood(call)) {
      case Refused refused -> new Handled(
        arrival(call, null, null),
        Plan.whole(Duration.ZERO, refused.error().reply(json), refused.outcome())
      );
      case ModelCall modelCall -> new Handled(
        arrival(call, modelCall.model(), modelCall.promptHash()),
        plan(call, modelCall, now)
      );
    };
  }

  private Understood understood(HttpCall call) {
    Dialect dialect = Dialect.at(call.path());
    if (dialect == null || !call.method().equals("POST")) {
      ProviderError error = ProviderError.unknownPath(call.method(), call.path());
      return new Refused(LedgerEntry.NOT_FOUND, error);
    }
    if (ApiKey.of(dialect, call) == null) {
      return new Refused(LedgerEntry.UNAUTHORIZED, ProviderError.noKey(dialect));
    }
    return dialect == Dialect.ANTHROPIC && call.header("anthropic-version") == null
      ? Refused.because(dialect, "anthropic-version: header is required")
      : ModelCall.read(dialect, call.path(), call.body(), json);
  }

  private Plan plan(HttpCall call, ModelCall modelCall, Instant now) {
    Judgement judgement = Judgement.askedBy(modelCall, json);
    Occurrence occurrence = occurrences.next(
      modelCall.model(),
      modelCall.promptHash(),
      requestId(call),
      judgement == null ? null : judgement.subject()
    );
    Behaviour scripted = scripts.next(modelCall.model());
    Behaviour behaviour = scripted == null ? planner.drawn(shares.get(), occurrence) : scripted;
    return planner.plan(new Asked(modelCall, judgement, occurrence), behaviour, now);
  }

  private static Ledger.Arrival arrival(
    HttpCall call,
    @Nullable String model,
    @Nullable String promptHash
  ) {
    return new Ledger.Arrival(call.path(), model, ApiKey.hash(call), requestId(call), promptHash);
  }

  private static @Nullable String requestId(HttpCall call) {
    return call.header("x-client-request-id");
  }
}
