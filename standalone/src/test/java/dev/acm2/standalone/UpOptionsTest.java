package dev.acm2.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.providersimulator.JudgeOptions;
import dev.acm2.providersimulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class UpOptionsTest {

  @Test
  void shouldStartEverythingOnTheSimulatorByDefault() {
    assertThat(parsed()).isEqualTo(StandaloneOptions.in(Path.of(".acm2")).withPort(8080));
  }

  @Test
  void shouldSetUpTheSimulatorAsItsOwnCommandDoes() {
    StandaloneOptions options = parsed(
      "--port=0",
      "--latency=PT0.1S",
      "--planting=openai:gpt-5-mini=0.5",
      "--gullible=gpt-5=1.5",
      "--judge-noise=0"
    );
    assertThat(options.simulator()).isEqualTo(
      SimulatorOptions.defaults()
        .withLatency(Duration.ofMillis(100))
        .withJudges(
          JudgeOptions.DEFAULTS.withNoise(0)
            .withPlanting("gpt-5-mini", 0.5)
            .withGullibility("gpt-5", 1.5)
        )
    );
    assertThat(parsed("--no-simulator").simulator()).isNull();
  }

  @Test
  void shouldRefuseImpossibleValuesAsUsageErrors() {
    assertThatThrownBy(() -> parsed("--speed=0"))
      .isInstanceOf(ParameterException.class)
      .hasMessageStartingWith("speed is above 0");
    assertThatThrownBy(() -> parsed("--without=nobody"))
      .isInstanceOf(ParameterException.class)
      .hasMessage("there is no service nobody");
  }

  private static StandaloneOptions parsed(String... arguments) {
    Up up = new Up();
    new CommandLine(up).parseArgs(arguments);
    return up.options.options();
  }

  @Command(name = "up")
  private static final class Up {

    @Mixin
    private UpOptions options = new UpOptions();
  }
}
