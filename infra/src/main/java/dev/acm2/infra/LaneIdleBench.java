package dev.acm2.infra;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// How long a freed place stays empty: from the end of a call to the start of the one that takes its
/// place, by the append times of the log, while a run always has calls waiting.
///
/// With C places, the end number k frees the place that the start number k + C takes. Prints p50, p99
/// and the throughput as a share of the ideal (C / answer time), once at a load that a run has and once
/// with answers so short that the machine itself is the limit.
public final class LaneIdleBench {

  /// Answers of the model that is asked take 144 s in the median, here 2 s; lognormal, so 2.1 s on average.
  private static final Load USUAL = new Load(
    "answers of about 2 s",
    SimulatorOptions.defaults().withSpeed(72),
    Duration.ofMillis(2126)
  );
  private static final Load SHORT = new Load(
    "answers of 0.2 s",
    SimulatorOptions.defaults().withLatency(Duration.ofMillis(200)),
    Duration.ofMillis(200)
  );
  private static final int PLACES = 20;
  private static final int RUNS = 3;
  private static final int DOCUMENTS = 50;
  private static final int ITERATIONS = 6;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Standalone acm2;
  private final Load load;

  private LaneIdleBench(Standalone acm2, Load load) {
    this.acm2 = acm2;
    this.load = load;
  }

  /// @param mean of the answer times
  private record Load(String label, SimulatorOptions options, Duration mean) {}

  static void main() throws Exception {
    measure(SHORT);
    measure(USUAL);
  }

  private static void measure(Load load) throws Exception {
    Path folder = Files.createTempDirectory("acm2-bench");
    StandaloneOptions options = StandaloneOptions.in(folder).withSimulator(load.options());
    try (Standalone acm2 = Standalone.start(options)) {
      LaneIdleBench bench = new LaneIdleBench(acm2, load);
      bench.measure("warm-up");
      for (int run = 1; run <= RUNS; run++) {
        bench.measure("run " + run);
      }
    }
  }

  private void measure(String label) throws IOException, InterruptedException {
    RunView run = finished(submit());
    List<Instant> starts = new ArrayList<>();
    List<Instant> ends = new ArrayList<>();
    RunLog log = new RunLog(new KafkaSettings(acm2.bootstrapServers()), Duration.ofSeconds(30));
    log.read(run.runId(), 0, run.asOf().offset(), entry -> {
      RunEvent event = entry.recorded().event();
      if (event instanceof CallStarted) {
        starts.add(entry.appendedAt());
      } else if (event instanceof CallEnded) {
        ends.add(entry.appendedAt());
      }
    });
    print(label, starts, ends);
  }

  private void print(String label, List<Instant> starts, List<Instant> ends) {
    List<Long> idle = IntStream.range(0, starts.size() - PLACES)
      .mapToObj(k -> Duration.between(ends.get(k), starts.get(k + PLACES)).toMillis())
      .sorted()
      .toList();
    double seconds = Duration.between(starts.getFirst(), ends.getLast()).toMillis() / 1000.0;
    double ideal = (PLACES * 1000.0) / load.mean().toMillis();
    System.out.printf(
      Locale.ROOT,
      "%-21s %-8s place empty p50 %3d ms  p99 %3d ms  max %3d ms  %.1f calls/s, %.0f %% of ideal%n",
      load.label(),
      label,
      idle.get(idle.size() / 2),
      idle.get((idle.size() * 99) / 100),
      idle.getLast(),
      ends.size() / seconds,
      (100 * ends.size()) / seconds / ideal
    );
  }

  private RunId submit() throws IOException, InterruptedException {
    List<Map<String, String>> documents = IntStream.rangeClosed(1, DOCUMENTS)
      .mapToObj(n -> Map.of("name", "doc-" + n + ".md", "content", "The text of order " + n))
      .toList();
    Map<String, Object> submission = Map.of(
      "name",
      "benchmark",
      "documents",
      documents,
      "instructions",
      "Summarise.",
      "generation",
      Map.of(
        "models",
        List.of(
          Map.of("model", "openai:gpt-5-mini", "iterations", ITERATIONS, "maxOutputTokens", 800)
        )
      ),
      "limits",
      Map.of("concurrency", PLACES, "maxPaidCalls", 10_000, "maxCostUsd", 1000)
    );
    HttpRequest request = HttpRequest.newBuilder(URI.create(acm2.gatewayUrl() + "/api/v1/runs"))
      .header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(ContractJson.VIEWS.writeValueAsString(submission)))
      .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return RunId.parse(ContractJson.VIEWS.readTree(answer).get("runId").asString());
  }

  private RunView finished(RunId runId) throws IOException, InterruptedException {
    URI address = URI.create(acm2.gatewayUrl() + "/api/v1/runs/" + runId);
    while (true) {
      String answer = http
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
      RunView run = ContractJson.VIEWS.readValue(answer, RunView.class);
      if (run.status() == RunView.RunStatus.FINISHED) {
        return run;
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
