package dev.acm2.providersimulator;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The paths under `/__`: ledger, faults, judges, scripts, health. Not part of any provider's protocol,
/// never in the ledger, without authentication.
final class ControlApi {

  private final Ledger ledger;
  private final Scripts scripts;
  private final AtomicReference<FaultShares> shares;
  private final AtomicReference<JudgeOptions> judges;
  private final JsonMapper json;

  ControlApi(
    Ledger ledger,
    Scripts scripts,
    AtomicReference<FaultShares> shares,
    AtomicReference<JudgeOptions> judges,
    JsonMapper json
  ) {
    this.ledger = ledger;
    this.scripts = scripts;
    this.shares = shares;
    this.judges = judges;
    this.json = json;
  }

  static boolean owns(HttpCall call) {
    return call.path().startsWith("/__");
  }

  Reply handle(HttpCall call) {
    try {
      return switch (call.method() + " " + call.path()) {
        case "GET /__health" -> ok(Map.of("status", "UP"));
        case "GET /__ledger" -> ok(selected(call));
        case "GET /__ledger/summary" -> ok(ledger.summary());
        case "DELETE /__ledger" -> clearLedger();
        case "GET /__faults" -> faults();
        case "POST /__faults" -> changeFaults(json.readTree(call.body()));
        case "GET /__judges" -> ok(judges.get());
        case "POST /__judges" -> changeJudges(json.readTree(call.body()));
        case "POST /__script" -> script(json.readTree(call.body()));
        case "DELETE /__script" -> clearScripts();
        default -> ProviderError.unknownPath(call.method(), call.path()).reply(json);
      };
    } catch (IllegalArgumentException | DateTimeParseException | JacksonException e) {
      String why = String.valueOf(e.getMessage());
      return ProviderError.badRequest(Dialect.RESPONSES, why).reply(json);
    }
  }

  private Reply ok(Object body) {
    return Reply.json(200, json.writeValueAsString(body));
  }

  /// `requests` are the entries selected, `count` and `peakConcurrency` are about them alone.
  record Selection(List<LedgerEntry> requests, int count, int peakConcurrency) {}

  private Selection selected(HttpCall call) {
    long since = Long.parseLong(call.query().getOrDefault("since", "0"));
    List<LedgerEntry> entries = ledger.entries(
      since,
      call.query().getOrDefault("requestIdPrefix", "")
    );
    return new Selection(entries, entries.size(), Ledger.peakConcurrency(entries));
  }

  private Reply clearLedger() {
    ledger.clear();
    return ok(Map.of("count", 0));
  }

  private Reply faults() {
    FaultShares now = shares.get();
    ObjectNode all = json.createObjectNode();
    Arrays.stream(Fault.values()).forEach(fault -> all.put(fault.label(), now.share(fault)));
    return ok(all);
  }

  private Reply changeFaults(JsonNode changes) {
    requireObject(changes);
    shares.updateAndGet(now -> merged(now, changes));
    return faults();
  }

  private static FaultShares merged(FaultShares now, JsonNode changes) {
    Map<Fault, Double> merged = new HashMap<>(now.shares());
    changes
      .properties()
      .forEach(change ->
        merged.put(Fault.named(change.getKey()), change.getValue().asDouble(Double.NaN))
      );
    return new FaultShares(merged);
  }

  private Reply changeJudges(JsonNode changes) {
    requireObject(changes);
    requireKnown(changes, "qualities", "planting", "positionBias", "gullibility", "noise");
    return ok(
      judges.updateAndGet(now ->
        now.with(
          numbers(changes.path("qualities")),
          numbers(changes.path("planting")),
          numbers(changes.path("positionBias")),
          numbers(changes.path("gullibility")),
          changes.has("noise") ? changes.path("noise").asDouble(Double.NaN) : now.noise()
        )
      )
    );
  }

  private static Map<String, Double> numbers(JsonNode byModel) {
    Map<String, Double> numbers = new HashMap<>();
    byModel
      .properties()
      .forEach(each -> numbers.put(each.getKey(), each.getValue().asDouble(Double.NaN)));
    return numbers;
  }

  private Reply script(JsonNode body) {
    requireObject(body);
    String model = body.path("model").asString("");
    if (model.isBlank()) {
      throw new IllegalArgumentException("'model' is missing");
    }
    List<Behaviour> next = new ArrayList<>();
    body.path("behaviours").forEach(each -> next.add(BehaviourCodec.read(each)));
    if (body.has("always")) {
      scripts.always(model, BehaviourCodec.read(body.path("always")));
    }
    scripts.queue(model, next);
    return ok(Map.of("queued", next.size()));
  }

  private Reply clearScripts() {
    scripts.clear();
    return ok(Map.of("queued", 0));
  }

  private static void requireKnown(JsonNode changes, String... names) {
    for (Map.Entry<String, JsonNode> each : changes.properties()) {
      if (!List.of(names).contains(each.getKey())) {
        throw new IllegalArgumentException("unknown '" + each.getKey() + "'");
      }
    }
  }

  private static void requireObject(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("the body is a JSON object");
    }
  }
}
