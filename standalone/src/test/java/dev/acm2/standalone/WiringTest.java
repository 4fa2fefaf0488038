package dev.acm2.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {

  private static final Map<Service, Integer> PORTS = Map.of(
    Service.PROJECTOR,
    1,
    Service.ORCHESTRATOR,
    2,
    Service.WORKER,
    3,
    Service.GATEWAY,
    4
  );

  @Test
  void shouldTellEachServiceWhereTheLogAndTheDatabaseAre() {
    Wiring wiring = new Wiring("127.0.0.1:9", "jdbc:x", PORTS, Path.of("/data"), null);

    assertThat(wiring.arguments(Service.PROJECTOR)).contains(
      "--server.port=1",
      "--spring.datasource.url=jdbc:x",
      "--acm2.projector.bootstrap-servers=127.0.0.1:9",
      "--acm2.projector.state-dir=/data/stats-projector"
    );
  }

  @Test
  void shouldLeadTheGatewayToTheOrchestrator() {
    Wiring wiring = new Wiring("b", "j", PORTS, Path.of("/data"), null);

    assertThat(wiring.arguments(Service.GATEWAY)).contains(
      "--acm2.gateway.orchestrator-url=http://127.0.0.1:2"
    );
  }

  @Test
  void shouldLeadTheWorkerToTheSimulatorOrLeaveItsProvidersAlone() {
    Wiring simulated = new Wiring("b", "j", PORTS, Path.of("/data"), "http://127.0.0.1:7");
    Wiring real = new Wiring("b", "j", PORTS, Path.of("/data"), null);

    assertThat(simulated.arguments(Service.WORKER)).contains(
      "--acm2.worker.providers.openai.base-url=http://127.0.0.1:7"
    );
    assertThat(real.arguments(Service.WORKER)).noneMatch(each -> each.contains("providers"));
  }

  @Test
  void shouldLetASettingTakeThePlaceOfTheWiring() {
    StandaloneOptions options = StandaloneOptions.in(Path.of("/data")).withSettings(
      Service.WORKER,
      "--acm2.worker.drain-timeout=9s",
      "--acm2.worker.slots=3"
    );
    List<String> wired = new Wiring("b", "j", PORTS, Path.of("/data"), null).arguments(
      Service.WORKER
    );

    assertThat(options.settled(Service.WORKER, wired))
      .contains("--acm2.worker.slots=3", "--server.port=3")
      .containsOnlyOnce("--acm2.worker.drain-timeout=9s")
      .doesNotContain("--acm2.worker.drain-timeout=2s");
  }

  @Test
  void shouldRefuseWrongOptionsBeforeAnythingStarts() {
    assertThat(exitCode("up", "--faults", "gremlins=1")).isEqualTo(64);
    assertThat(exitCode("up", "--speed", "0")).isEqualTo(64);
    assertThat(exitCode("up", "--quality", "openai:gpt-5.1=2")).isEqualTo(64);
    assertThat(exitCode("up", "--without", "nobody")).isEqualTo(64);
    assertThat(exitCode("up", "--latency", "fast")).isEqualTo(64);
    assertThat(exitCode("down")).isEqualTo(64);
  }

  private static int exitCode(String... args) {
    List<String> all = List.of(args);
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return StandaloneCommand.commandLine()
      .setErr(nowhere)
      .execute(all.toArray(String[]::new));
  }
}
