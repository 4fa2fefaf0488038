package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Usd;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The estimate of a submission: the orchestrator's plan, and what past calls add to it.
class EstimateIT {

  private static final String ADDRESS = "/api/v1/runs/estimate";
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    Story past = new Story(Facts.runId(1200), 4)
      .takenOver(4)
      .started(1, 1)
      .started(2, 1)
      .after(Duration.ofSeconds(4))
      .succeeded(1, 1)
      .after(Duration.ofSeconds(4))
      .succeeded(2, 1)
      .started(3, 1)
      .after(Duration.ofSeconds(50))
      .failed(3, 1);
    for (RecordedEvent event : past.log()) {
      fixture.projector.publish(event);
    }
    fixture.projector.writeTables();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldAddTimesAndCostsOfPastCalls() throws Exception {
    // given
    fixture.answer = new Answer(200, plan(Phase.GENERATION, Story.MODEL), null, null);

    // when
    JsonNode estimate = json(fixture.post(ADDRESS, "{\"name\":\"n\"}"));

    // then two calls of 4 and 8 s, 0.25 each; the failed one does not count
    assertThat(fixture.asked.getLast()).isEqualTo(
      new Asked("POST", ADDRESS, "{\"name\":\"n\"}", null, "application/json")
    );
    assertThat(estimate.at("/models/0/pastCalls").asInt()).isEqualTo(2);
    assertThat(estimate.at("/models/0/p50").asString()).isEqualTo("PT4S");
    assertThat(estimate.at("/models/0/p90").asString()).isEqualTo("PT8S");
    assertThat(estimate.get("likelyUsd").decimalValue()).isEqualByComparingTo("2.5");
    assertThat(estimate.get("likelyTime").asString()).isEqualTo("PT8S");
    assertThat(estimate.get("withinBudget").asBoolean()).isTrue();
    assertThat(estimate.get("calls").asInt()).isEqualTo(10);
  }

  @Test
  void shouldReadCallsInWhichAModelWroteANul() throws Exception {
    // given
    fixture.projector.execute(
      "UPDATE projection.call SET view = replace(view, '\"preview\":\"', '\"preview\":\"\\u0000')"
    );
    fixture.answer = new Answer(200, plan(Phase.GENERATION, Story.MODEL), null, null);

    // when
    JsonNode estimate = json(fixture.post(ADDRESS, "{}"));

    // then
    assertThat(estimate.at("/models/0/pastCalls").asInt()).isEqualTo(2);
  }

  @Test
  void shouldJudgeANewUseOfAModelByItsOthers() throws Exception {
    fixture.answer = new Answer(200, plan(Phase.COMBINE, Story.MODEL), null, null);

    assertThat(json(fixture.post(ADDRESS, "{}")).at("/models/0/pastCalls").asInt()).isEqualTo(2);
  }

  @Test
  void shouldKnowNothingOfANewModel() throws Exception {
    // given
    ModelId other = ModelId.parse("openai:new");
    fixture.answer = new Answer(200, plan(Phase.GENERATION, other), null, null);

    // when
    JsonNode estimate = json(fixture.post(ADDRESS, "{}"));

    // then
    assertThat(estimate.at("/models/0/likelyUsd").isNull()).isTrue();
    assertThat(estimate.get("likelyUsd").decimalValue()).isEqualByComparingTo("5");
    assertThat(estimate.get("likelyTime").isNull()).isTrue();
  }

  @Test
  void shouldHandBackProblemsAsTheyAre() throws Exception {
    fixture.answer = new Answer(422, "{\"type\":\"urn:acm2:problem:unknown-model\"}", null, null);

    HttpResponse<String> answer = fixture.post(ADDRESS, "{}");

    assertProblem(answer, 422, "unknown-model");
  }

  private static String plan(Phase phase, ModelId model) {
    Plan.Part part = new Plan.Part(phase, model, "openai", 10, Usd.of("1"), Usd.of("9"));
    LaneLimits lane = new LaneLimits(5, null, null, true);
    return ContractJson.VIEWS.writeValueAsString(
      new Plan(List.of(part), Specs.limits(), Map.of("openai", lane))
    );
  }
}
