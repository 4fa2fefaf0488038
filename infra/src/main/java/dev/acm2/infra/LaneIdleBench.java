package dev.acm2.infra;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final String MODEL = "openai:gpt-5-mini";
  private static final Map<String, Object> LIMITS = Map.of(
    "concurrency",
    PLACES,
    "maxPaidCalls",
    10_000,
    "maxCostUsd",
    1000
  );

  private final RunClient client;
  private final Load load;

  private LaneIdleBench(Standalone acm2, Load load) {
    this.client = new RunClient(acm2);
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
    RunId runId = client.submit(DOCUMENTS, ITERATIONS, MODEL, LIMITS);
    List<Instant> starts = new ArrayList<>();
    List<Instant> ends = new ArrayList<>();
    client.events(client.finished(runId), entry -> {
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
}
