package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulatorCommandTest {

  @Test
  void shouldReadItsOptions() {
    SimulatorOptions options = parsed(
      "--port",
      "0",
      "--seed",
      "9",
      "--speed",
      "100",
      "--latency",
      "PT0.2S",
      "--faults",
      "rate-limit=0.02,server-error=0.01",
      "--retry-after",
      "4",
      "--ledger-file",
      "ledger.jsonl",
      "--host",
      "0.0.0.0",
      "--quality",
      "openai:gpt-5.1=0.9,meta-llama/llama-3.3-70b-instruct:free=0.2",
      "--planting",
      "openai:gpt-5-mini=0.5",
      "--position-bias",
      "gpt-5=0.1",
      "--gullible",
      "gpt-5=1.5",
      "--judge-noise",
      "0.01"
    );

    assertThat(options).isEqualTo(
      new SimulatorOptions(
        "0.0.0.0",
        0,
        9,
        100,
        Duration.ofMillis(200),
        FaultShares.of(Fault.RATE_LIMIT, 0.02).with(Fault.SERVER_ERROR, 0.01),
        Duration.ofSeconds(4),
        Path.of("ledger.jsonl"),
        JudgeOptions.DEFAULTS.withQuality("gpt-5.1", 0.9)
          .withQuality("meta-llama/llama-3.3-70b-instruct:free", 0.2)
          .withPlanting("gpt-5-mini", 0.5)
          .withPositionBias("gpt-5", 0.1)
          .withGullibility("gpt-5", 1.5)
          .withNoise(0.01)
      )
    );
  }

  @Test
  void shouldHaveTheDefaultsOfTheLibraryButForThePort() {
    assertThat(parsed("--port", "0")).isEqualTo(SimulatorOptions.defaults());
    assertThat(parsed().port()).isEqualTo(8089);
  }

  @Test
  void shouldRefuseImpossibleValuesAsUsageErrors() {
    assertThat(run("--speed", "0")).startsWith("2 speed is above 0");
    assertThat(run("--faults", "rate=1")).startsWith("2 unknown fault 'rate', known: rate-limit");
    assertThat(run("--quality", "gpt-5=1.1")).startsWith("2 the quality of gpt-5 cannot be 1.1");
    assertThat(run("--planting", "gpt-5=2")).startsWith(
      "2 the share of planted documents of gpt-5 cannot be 2.0"
    );
    assertThat(run("--no-such")).startsWith("2 Unknown option");
  }

  @Test
  void shouldSayWhyItCouldNotStart() {
    try (ProviderSimulator other = ProviderSimulator.start(SimulatorOptions.defaults())) {
      assertThat(run("--port", "" + other.port()))
        .startsWith("1 cannot listen on 127.0.0.1:" + other.port() + ": ")
        .doesNotContain("\tat ");
    }
  }

  private static String run(String... args) {
    StringWriter errors = new StringWriter();
    int exit = SimulatorCommand.commandLine().setErr(new PrintWriter(errors)).execute(args);
    return exit + " " + errors;
  }

  private static SimulatorOptions parsed(String... args) {
    SimulatorCommand command = new SimulatorCommand();
    new CommandLine(command).parseArgs(args);
    return command.options();
  }
}
