package dev.acm2.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs and calls as the gateway would tell them.
final class Samples {

  static final String RUN_ID = "01936c3e-8f00-7abc-8def-0123456789ab";
  static final Instant T0 = Instant.parse("2025-12-01T10:00:00Z");
  static final String STATS = """
  {"planned":4,"queued":1,"inFlight":1,"ok":1,"failed":1,"timedOut":0,"cancelled":0,"skipped":0,\
  "retries":2,"attempts":5,"late":0,"costUsd":0.0123,"inputTokens":100,"outputTokens":50,\
  "reservedUsd":0,"savedUsd":0,"cost":{"succeededUsd":0.0123,"failedUsd":0,"retriedUsd":0,"orphanedUsd":0,\
  "lateUsd":0,"replacedUsd":0},"overshoot":{}}""";
  static final String DONE = """
  {"planned":4,"queued":0,"inFlight":0,"ok":4,"failed":0,"timedOut":0,"cancelled":0,"skipped":0,\
  "retries":2,"attempts":6,"late":0,"costUsd":1.5,"inputTokens":400,"outputTokens":200,\
  "reservedUsd":0,"savedUsd":0,"cost":{"succeededUsd":1.5,"failedUsd":0,"retriedUsd":0,"orphanedUsd":0,\
  "lateUsd":0,"replacedUsd":0},"overshoot":{}}""";

  private Samples() {}

  static String run(String status, @Nullable String outcome, long offset, String stats) {
    return """
    {"runId":"%s","name":"Three\\u001b[2J orders","status":"%s","outcome":%s,"message":null,\
    "phases":["GENERATION"],"asOf":{"generation":1,"partition":2,"offset":%d},"stats":%s,"byPhase":{},\
    "byModel":{"openai:gpt-5.1":%s},"requestedAt":"2025-12-01T10:00:00Z",\
    "startedAt":"2025-12-01T10:00:01Z","finishedAt":null,"anomalies":0,"actions":[],"archived":false,\
    "spec":null}""".formatted(
      RUN_ID,
      status,
      outcome == null ? "null" : "\"" + outcome + "\"",
      offset,
      stats,
      stats
    );
  }

  static String frame(String kind, long offset, String run, String calls) {
    return """
    id: 1.2.%d
    event: %s
    data: {"asOf":{"generation":1,"partition":2,"offset":%d},"run":%s,"calls":%s}
    """.formatted(offset, kind, offset, run, calls);
  }

  static Run.Stats stats(int planned, int queued, int inFlight, int ok, int failed) {
    return new Run.Stats(
      planned,
      queued,
      inFlight,
      ok,
      failed,
      0,
      0,
      0,
      2,
      5,
      new BigDecimal("0.0123"),
      100,
      50,
      BigDecimal.ZERO,
      BigDecimal.ZERO,
      cost("0.0123", "0", "0", "0", "0", "0"),
      Map.of()
    );
  }

  static Run run(Run.Stats stats) {
    return run(stats, Map.of());
  }

  static Run run(Run.Stats stats, Map<String, Run.Stats> byPhase) {
    return new Run(
      RUN_ID,
      "Three orders",
      "RUNNING",
      null,
      null,
      List.of("GENERATION"),
      new Run.AsOf(1, 2, 417),
      stats,
      byPhase,
      Map.of(),
      T0,
      T0,
      null,
      0,
      List.of(),
      false
    );
  }

  static Run.Cost cost(String... parts) {
    return new Run.Cost(
      new BigDecimal(parts[0]),
      new BigDecimal(parts[1]),
      new BigDecimal(parts[2]),
      new BigDecimal(parts[3]),
      new BigDecimal(parts[4]),
      new BigDecimal(parts[5])
    );
  }

  /// A failed call as JSON, with a field that the command does not know.
  static String failedCall(String digit, String error) {
    return """
    {"callId":"%s","phase":"GENERATION","document":"d.md","model":"m:x","iteration":1,"state":"FAILED",\
    "epoch":1,"attempt":1,"attempts":1,"costUsd":0.5,"lastError":%s,"version":7,"unknown":5}""".formatted(
      digit.repeat(32),
      error
    );
  }

  static Call call(int number, String state, int epoch) {
    return new Call(
      "%032x".formatted(number),
      "GENERATION",
      "eo-14265.md",
      "openai:gpt-5.1",
      number,
      state,
      epoch,
      1,
      1,
      T0.plusSeconds(number),
      T0.plusSeconds(number + 600L),
      null,
      null,
      null,
      BigDecimal.ZERO,
      null,
      null,
      10
    );
  }

  static Call withProgress(Call.Progress progress) {
    return new Call(
      "%032x".formatted(1),
      "GENERATION",
      "eo-14265.md",
      "openai:gpt-5.1",
      1,
      "IN_FLIGHT",
      1,
      1,
      1,
      T0,
      T0.plusSeconds(600),
      null,
      null,
      null,
      BigDecimal.ZERO,
      null,
      progress,
      10
    );
  }

  static Call withError(Call call, String kind, boolean active, @Nullable Instant nextAttemptAt) {
    return new Call(
      call.callId(),
      call.phase(),
      call.document(),
      call.model(),
      call.iteration(),
      call.state(),
      call.epoch(),
      2,
      call.attempts(),
      call.startedAt(),
      call.deadlineAt(),
      nextAttemptAt,
      call.finishedAt(),
      new Call.LastError(kind, "m", 429, 1, active),
      call.costUsd(),
      call.enforcedBy(),
      call.progress(),
      call.version()
    );
  }
}
