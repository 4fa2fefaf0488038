package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  @TempDir
  private Path folder = Path.of("");

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldSubmitARunAndSayWhereItIs() throws IOException {
    Path file = Files.writeString(
      folder.resolve("run.yaml"),
      "name: n\ndocuments: [{name: a, content: b}]\n"
    );
    gateway.on(
      "POST /api/v1/runs",
      201,
      "{\"runId\":\"" + Samples.RUN_ID + "\",\"spec\":{},\"planned\":{\"GENERATION\":18}}"
    );

    Outcome outcome = gateway.run("run", file.toString(), "--idempotency-key", "k1");

    assertThat(outcome).isEqualTo(
      new Outcome(
        0,
        "run %s: 18 calls planned, %s/runs/%s%n".formatted(
          Samples.RUN_ID,
          gateway.url(),
          Samples.RUN_ID
        ),
        ""
      )
    );
    Asked asked = gateway.asked().getFirst();
    assertThat(asked.headers())
      .containsEntry("idempotency-key", "k1")
      .containsEntry("content-type", "application/json");
    assertThat(asked.body()).isEqualTo(
      "{\"name\":\"n\",\"documents\":[{\"name\":\"a\",\"content\":\"b\"}]}"
    );
  }

  @Test
  void shouldSubmitAPresetWithWhatTheFileSaysInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\nlimits: {weight: 2}\n");
    gateway.on(
      "GET /api/v1/presets/my%20preset",
      200,
      "{\"name\":\"my preset\",\"version\":3,\"savedAt\":\"2025-12-01T10:00:00Z\"," +
        "\"submission\":{\"name\":\"old\",\"instructions\":\"Do it.\",\"limits\":{\"weight\":1}}}"
    );
    gateway.on("POST /api/v1/runs", 201, "{\"runId\":\"r\",\"planned\":{}}");

    assertThat(gateway.run("run", "--preset", "my preset").exitCode()).isZero();
    assertThat(gateway.run("run", file.toString(), "--preset", "my preset").exitCode()).isZero();

    assertThat(
      gateway
        .asked()
        .stream()
        .filter(asked -> asked.method().equals("POST"))
        .map(Asked::body)
    ).containsExactly(
      "{\"name\":\"old\",\"instructions\":\"Do it.\",\"limits\":{\"weight\":1}}",
      "{\"name\":\"n\",\"instructions\":\"Do it.\",\"limits\":{\"weight\":2}}"
    );
  }

  @Test
  void shouldNotSubmitNothing() {
    Outcome outcome = gateway.run("run");

    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).startsWith(
      "acm2: a run is made of FILE.yaml, of --preset, or of both"
    );
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void shouldSubmitAndWatchToTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on("POST /api/v1/runs", 201, "{\"runId\":\"" + Samples.RUN_ID + "\",\"planned\":{}}");
    gateway.openStream(
      RUN + "/events",
      Samples.frame("snapshot", 9, Samples.run("FINISHED", "COMPLETED", 9, Samples.DONE), "[]")
    );

    Outcome outcome = gateway.run("run", file.toString(), "--watch");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("as of event 9: COMPLETED  4/4");
  }

  @Test
  void shouldNameTheFieldThatTheServiceRefuses() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on(
      "POST /api/v1/runs",
      422,
      "{\"type\":\"urn:acm2:problem:unknown-model\",\"title\":\"Unknown model\",\"status\":422,\"detail\":\"no model openai:x\",\"field\":\"generation.models[0].model\"}"
    );

    assertThat(gateway.run("run", file.toString())).isEqualTo(
      new Outcome(
        65,
        "",
        "acm2: generation.models[0].model: no model openai:x (unknown-model, HTTP 422)%n".formatted()
      )
    );
  }

  @Test
  void shouldSayWhatARunWouldNeedAndStartNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    String answer = """
    {"calls":20,"phases":[],"models":[{"model":"openai:gpt-5.1","phase":"GENERATION","calls":18,\
    "minUsd":0.5,"likelyUsd":1.25,"maxUsd":4,"pastCalls":300,"p50":"PT12S","p90":"PT1M5S"},\
    {"model":"openai:new","phase":"COMBINE","calls":2,"minUsd":0.1,"likelyUsd":null,"maxUsd":0.3,\
    "pastCalls":0,"p50":null,"p90":null}],"minUsd":0.6,"likelyUsd":1.45,"maxUsd":4.3,"minTime":null,\
    "likelyTime":null,"maxTime":null,"withinBudget":false,"maxCostUsd":4,"maxPaidCalls":500}""";
    gateway.on("POST /api/v1/runs/estimate", 200, answer);

    Outcome outcome = gateway.run("run", "--dry-run", file.toString());
    Outcome json = gateway.run("run", "--dry-run", "--json", file.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).containsExactly(
      "PHASE       MODEL           CALLS  MIN      LIKELY  MAX      PAST CALLS  HALF  9 OF 10",
      "GENERATION  openai:gpt-5.1  18     $0.5000  $1.25   $4.00    300         12 s  1 m 5 s",
      "COMBINE     openai:new      2      $0.1000  -       $0.3000  0           -     -",
      "20 calls  cost $0.6000 to $4.30, likely $1.45",
      "time unknown: a model has no past calls",
      "MAY EXCEED the limits of 500 requests and $4.00"
    );
    assertThat(json.out()).isEqualTo(answer + System.lineSeparator());
    assertThat(gateway.asked()).extracting(Asked::uri).containsOnly("/api/v1/runs/estimate");
  }

  @Test
  void shouldNotWatchWhatIsNotStarted() {
    assertThat(gateway.run("run", "--dry-run", "--watch", "x.yaml").exitCode()).isEqualTo(64);
  }
}
