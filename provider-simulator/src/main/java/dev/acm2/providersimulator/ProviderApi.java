package dev.acm2.providersimulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The provider's side: checks a request as the provider does and plans what becomes of it.
/// Takes the next scripted behaviour of the model, else draws by the shares in force.
final class ProviderApi {

  private static final int KEY_HASH_DIGITS = 12;

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
      return new Refused(
        LedgerEntry.NOT_FOUND,
        ProviderError.unknownPath(call.method(), call.path())
      );
    }
    return key(call) == null
      ? new Refused(LedgerEntry.UNAUTHORIZED, ProviderError.NO_KEY)
      : ModelCall.read(dialect, call.body(), json);
  }

  private Plan plan(HttpCall call, ModelCall modelCall, Instant now) {
    Occurrence occurrence = occurrences.next(
      modelCall.model(),
      modelCall.promptHash(),
      requestId(call)
    );
    Behaviour scripted = scripts.next(modelCall.model());
    Behaviour behaviour = scripted == null ? planner.drawn(shares.get(), occurrence) : scripted;
    return planner.plan(modelCall, occurrence, behaviour, now);
  }

  private static Ledger.Arrival arrival(
    HttpCall call,
    @Nullable String model,
    @Nullable String promptHash
  ) {
    String key = key(call);
    String keyHash = key == null ? null : Draws.sha256Hex(key).substring(0, KEY_HASH_DIGITS);
    return new Ledger.Arrival(call.path(), model, keyHash, requestId(call), promptHash);
  }

  private static @Nullable String requestId(HttpCall call) {
    return call.header("x-client-request-id");
  }

  private static @Nullable String key(HttpCall call) {
    String header = call.header("authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      return null;
    }
    String key = header.substring("bearer ".length()).strip();
    return key.isEmpty() ? null : key;
  }
}
