package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A run against its log, with a real broker and a real database.
class VerifyIT {

  private static final RunId RUN = Facts.runId(1011);
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    for (int run = 1011; run <= 1012; run++) {
      for (RecordedEvent event : RandomRun.log(run, Facts.runId(run), 1)) {
        fixture.projector.publish(event);
      }
    }
    fixture.projector.writeTables();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldVerifyARunAgainstItsLog() throws Exception {
    // when
    JsonNode result = json(fixture.post("/api/v1/runs/" + RUN + "/verify", ""));

    // then everything holds but the deadlines, which lie in the past of the broker's clock
    assertThat(result.get("invariants")).allSatisfy(i ->
      assertThat(i.get("ok").asBoolean()).isEqualTo(!i.get("id").asString().equals("I3"))
    );
    assertThat(result.get("differences").size()).isZero();
    assertThat(result.get("digest").asString()).isEqualTo(
      fixture.projector.projection(RUN).digest()
    );
    assertThat(result.get("attempts").size()).isPositive();
  }

  @Test
  void shouldFindARowThatIsNotTheFoldOfTheLog() throws Exception {
    // given
    RunId run = Facts.runId(1012);
    fixture.projector.execute(
      "UPDATE projection.call SET view = replace(view, '\"iteration\":1', '\"iteration\":7')" +
        " WHERE run_id = '" +
        run +
        "'"
    );

    // when
    JsonNode result = json(fixture.post("/api/v1/runs/" + run + "/verify", ""));
    fixture.projector.writeTables();

    // then
    assertThat(result.get("ok").asBoolean()).isFalse();
    assertThat(result.at("/differences/0").asString()).contains(
      "iteration is 1 in the log and 7 in the tables"
    );
  }
}
