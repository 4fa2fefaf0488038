package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests about runs: refused out of the tables, or handed on.
class CommandIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(1020);
  private static GatewayFixture fixture;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final Story story = new Story(runId, 3);
  private final String run = "/api/v1/runs/" + runId;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void accept() {
    fixture.asked.clear();
    fixture.answer = new Answer(202, "{\"runId\":\"x\"}", null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = { "cancel", "pause", "resume" })
  void shouldHandOnWhatIsAskedOfARun(String command) throws Exception {
    // given
    told(story.started(1, 1));

    // when
    HttpResponse<String> answer = fixture.post(run + "/" + command, "");

    // then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"runId\":\"x\"}");
    assertThat(fixture.asked).containsExactly(
      new Asked("POST", run + "/" + command, "", null, "application/json")
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "cancel", "pause", "resume" })
  void shouldRefuseWhatIsAskedOfAFinishedRun(String command) throws Exception {
    told(story.finished(Outcome.FAILED));

    assertProblem(fixture.post(run + "/" + command, ""), 409, "run-state");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldHandOnARetryAsItIs() throws Exception {
    // given
    told(story.started(1, 1).failed(1, 1).finished(Outcome.FAILED));
    String body = "{\"calls\": [\"" + story.call(1) + "\"], \"maxCostUsd\": 7.5}";

    // when
    assertThat(fixture.post(run + "/retry", "{}").statusCode()).isEqualTo(202);
    assertThat(fixture.post(run + "/retry", body).statusCode()).isEqualTo(202);

    // then
    assertThat(fixture.asked).extracting(Asked::body).containsExactly("{}", body);
  }

  @Test
  void shouldRefuseARetryOfNothing() throws Exception {
    // given one success, one under way
    told(story.started(1, 1).succeeded(1, 1).started(2, 1));
    String both = "{\"calls\":[\"" + story.call(1) + "\",\"" + story.call(2) + "\"]}";

    // then
    assertProblem(fixture.post(run + "/retry", "{}"), 409, "nothing-to-retry");
    assertProblem(fixture.post(run + "/retry", both), 409, "nothing-to-retry");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldRefuseARetryOfCallsThatTheRunDoesNotHave() throws Exception {
    told(story.started(1, 1).failed(1, 1));
    String body = "{\"calls\":[\"" + story.call(1) + "\",\"" + "0".repeat(32) + "\"]}";

    assertProblem(fixture.post(run + "/retry", body), 404, "call-not-found");
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "{\"maxPaidCalls\":1}   | 422",
      "{\"maxPaidCalls\":2}   | 202",
      "{\"maxCostUsd\":0.49}  | 422",
      "{\"maxCostUsd\":0.5}   | 202",
    }
  )
  void shouldRefuseLimitsBelowWhatIsUsed(String body, int status) throws Exception {
    // given two requests that cost 0.25 each
    told(story.started(1, 1).failed(1, 1).started(2, 1).succeeded(2, 1));

    // when
    HttpResponse<String> answer = fixture.post(run + "/retry", body);

    // then
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 422) {
      assertProblem(answer, 422, "validation");
      assertThat(answer.body()).contains(body.substring(2, body.indexOf(':') - 1));
    }
  }

  @Test
  void shouldLeaveWhatIsNoRequestToTheOrchestrator() throws Exception {
    told(story);
    fixture.answer = new Answer(400, "{\"type\":\"urn:acm2:problem:malformed-json\"}", null, null);

    assertProblem(fixture.post(run + "/retry", "{nonsense"), 400, "malformed-json");
  }

  @Test
  void shouldHandOnTheCancelOfACallThatHasNotEnded() throws Exception {
    // given
    told(story.started(1, 1));

    // when
    fixture.post(run + "/calls/" + story.call(1) + "/cancel", "");
    fixture.post(run + "/calls/" + story.call(2) + "/cancel", "");

    // then
    assertThat(fixture.asked)
      .extracting(Asked::path)
      .containsExactly(
        run + "/calls/" + story.call(1) + "/cancel",
        run + "/calls/" + story.call(2) + "/cancel"
      );
  }

  @Test
  void shouldRefuseTheCancelOfOtherCalls() throws Exception {
    told(story.started(1, 1).succeeded(1, 1));
    String calls = run + "/calls/";

    assertProblem(fixture.post(calls + story.call(1) + "/cancel", ""), 409, "call-state");
    assertProblem(fixture.post(calls + "0".repeat(32) + "/cancel", ""), 404, "call-not-found");
    assertProblem(fixture.post(calls + "nonsense/cancel", ""), 400, "invalid-id");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() throws Exception {
    assertProblem(fixture.post(run + "/retry", "{}"), 404, "run-not-found");
    assertProblem(
      fixture.post(run + "/calls/" + story.call(1) + "/cancel", ""),
      404,
      "run-not-found"
    );
  }

  private static void told(Story story) throws Exception {
    for (RecordedEvent event : story.log()) {
      fixture.projector.publish(event);
    }
    fixture.projector.writeTables();
  }
}
