package dev.acm2.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.cli.Acm2;
import dev.acm2.cli.CliFailure;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneIT {

  private static final String SAMPLE = "../samples/three-orders.yaml";
  private static final Pattern RUN_ID = Pattern.compile("run ([0-9a-f-]{36})");
  private static final SimulatorOptions QUICK = SimulatorOptions.defaults().withLatency(
    Duration.ofMillis(100)
  );

  @TempDir
  private Path folder = Path.of("");

  @Test
  void shouldRunTheSampleAndGoOnWithItsDataAfterARestart() {
    StandaloneOptions options = StandaloneOptions.in(folder.resolve("data")).withSimulator(QUICK);
    String runId;
    try (Standalone first = Standalone.start(options)) {
      runId = runId(acm2(0, "run", "--watch", "--server", first.gatewayUrl(), SAMPLE));
      String ledger = String.valueOf(first.ledgerUrl());
      assertThat(
        acm2(0, "verify", runId, "--server", first.gatewayUrl(), "--ledger", ledger)
      ).contains("I5  holds    18 requests in the ledger, 18 attempts in events");
      assertThatThrownBy(() -> Standalone.start(options)).isInstanceOf(CliFailure.class);
    }
    assertThat(folder.resolve("data/standalone.json")).doesNotExist();

    try (
      Standalone again = Standalone.start(options.without(Service.GATEWAY));
      StandaloneProcess gateway = gateway(again)
    ) {
      assertThat(gateway.process().isAlive()).isTrue();
      Health.await("gateway", again.gatewayUrl());
      assertThat(acm2(0, "show", runId, "--server", again.gatewayUrl())).contains("18/18");
      again.stop(Service.ORCHESTRATOR);
      assertThat(acm2(69, "run", "--server", again.gatewayUrl(), SAMPLE)).isEmpty();
      again.start(Service.ORCHESTRATOR);
      acm2(0, "run", "--watch", "--server", again.gatewayUrl(), SAMPLE);
    }
  }

  @Test
  void shouldComeBackAfterKill9AndStopCleanlyOnSigterm() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    String runId;
    long orphan;
    try (
      StandaloneProcess first = StandaloneProcess.up(
        data,
        folder.resolve("1.log"),
        "--latency",
        "PT0.1S"
      )
    ) {
      String gateway = first.described(data).orElseThrow().gatewayUrl();
      runId = runId(acm2(0, "run", "--watch", "--server", gateway, SAMPLE));
      orphan = postmaster(data);
      first.kill9();
    }
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (StandaloneProcess second = StandaloneProcess.up(data, folder.resolve("2.log"))) {
      String gateway = second.described(data).orElseThrow().gatewayUrl();
      assertThat(acm2(0, "show", runId, "--server", gateway)).contains("COMPLETED", "18/18");
      long postmaster = postmaster(data);
      assertThat(postmaster).isNotEqualTo(orphan);

      assertThat(second.terminateGroup()).isEqualTo(143);

      Await.until(
        "no PostgreSQL is left",
        Duration.ofSeconds(30),
        () -> gone(postmaster) && gone(orphan)
      );
      assertThat(data.resolve("standalone.json")).doesNotExist();
      assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
    }
  }

  /// A zombie is gone, too: only its parent has not asked yet.
  private static boolean gone(long pid) {
    return ProcessHandle.of(pid)
      .filter(ProcessHandle::isAlive)
      .map(it -> it.info().command().isEmpty())
      .orElse(true);
  }

  private static StandaloneProcess gateway(Standalone standalone) {
    Path log = standalone.logDirectory().resolve("gateway.log");
    return StandaloneProcess.start(
      Service.GATEWAY.mainClass(),
      log,
      standalone.arguments(Service.GATEWAY)
    );
  }

  private static long postmaster(Path data) throws IOException {
    return StalePostmaster.pid(
      Files.readAllLines(data.resolve("postgresql/postmaster.pid"))
    ).orElseThrow();
  }

  private static String runId(String output) {
    Matcher matcher = RUN_ID.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }

  private static String acm2(int exitCode, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Acm2.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    assertThat(exit).as("%s %s", out, err).isEqualTo(exitCode);
    return out.toString();
  }
}
