package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests to run calls again, or phases anew: refused out of the tables, or handed on.
class RetryIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(1600);
  private static GatewayFixture fixture;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final Story story = new Story(runId, 3);
  private int told;
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
  void shouldHandOnThatAPhaseIsToBeRunAnew() throws Exception {
    // given
    publish(JudgedRun.smoothLog(7, runId, 1));

    // when
    HttpResponse<String> answer = fixture.post(run + "/retry", "{\"from\":\"PAIRWISE\"}");

    // then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(fixture.asked).extracting(Asked::body).containsExactly("{\"from\":\"PAIRWISE\"}");
  }

  @Test
  void shouldRefuseAPhaseThatCannotBeRunAnew() throws Exception {
    // given
    List<RecordedEvent> log = JudgedRun.smoothLog(7, runId, 1);
    publish(log.subList(0, log.size() - 1));

    // then
    assertProblem(fixture.post(run + "/retry", "{\"from\":\"COMBINE\"}"), 409, "run-state");

    // when it has finished
    publish(log.subList(log.size() - 1, log.size()));

    // then
    HttpResponse<String> first = fixture.post(run + "/retry", "{\"from\":\"GENERATION\"}");
    assertProblem(first, 422, "validation");
    assertThat(first.body()).contains("\"field\":\"from\"");
    String call = "{\"from\":\"COMBINE\",\"calls\":[\"" + "0".repeat(32) + "\"]}";
    HttpResponse<String> both = fixture.post(run + "/retry", call);
    assertProblem(both, 422, "validation");
    assertThat(both.body()).contains("\"field\":\"from\"");
    String little = "{\"from\":\"COMBINE\",\"maxPaidCalls\":1}";
    assertProblem(fixture.post(run + "/retry", little), 422, "validation");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldRefuseAPhaseThatTheRunDoesNotHave() throws Exception {
    told(story.started(1, 1).succeeded(1, 1).finished(Outcome.COMPLETED));

    HttpResponse<String> answer = fixture.post(run + "/retry", "{\"from\":\"PAIRWISE\"}");
    assertProblem(answer, 409, "nothing-to-retry");
    assertThat(fixture.asked).isEmpty();
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
  void shouldSayThatThereIsNoSuchRun() throws Exception {
    assertProblem(fixture.post(run + "/retry", "{}"), 404, "run-not-found");
  }

  private void told(Story story) throws Exception {
    List<RecordedEvent> log = story.log();
    publish(log.subList(told, log.size()));
    told = log.size();
  }

  private static void publish(List<RecordedEvent> log) throws Exception {
    fixture.projector.publishAndWrite(log);
  }
}
