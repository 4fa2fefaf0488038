package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests about runs: refused out of the tables, or handed on.
class CommandIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(1020);
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

  @ParameterizedTest
  @ValueSource(strings = { "archive", "unarchive" })
  void shouldHandOnWhereARunIsToBeListed(String command) throws Exception {
    // given one that goes on
    told(story.started(1, 1));

    // then
    assertThat(fixture.post(run + "/" + command, "").statusCode()).isEqualTo(202);
    assertThat(fixture.asked)
      .extracting(Asked::path)
      .containsExactly(run + "/" + command);
  }

  @Test
  void shouldHandOnADeletionThatNamesTheRun() throws Exception {
    // given
    told(story.finished(Outcome.FAILED));
    String name = Specs.run(1, 3, Story.MODEL.toString()).name();

    // when
    HttpResponse<String> answer = fixture.post(run + "/delete", "{\"confirm\":\"" + name + "\"}");

    // then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(fixture.asked)
      .extracting(Asked::path)
      .containsExactly(run + "/delete");
  }

  @Test
  void shouldRefuseADeletionThatIsNotMeant() throws Exception {
    // given
    told(story.started(1, 1));
    String name = Specs.run(1, 3, Story.MODEL.toString()).name();
    String meant = "{\"confirm\":\"" + name + "\"}";

    // then
    assertProblem(fixture.post(run + "/delete", meant), 409, "run-state");

    // when it has finished
    told(story.succeeded(1, 1).finished(Outcome.FAILED));

    // then
    HttpResponse<String> other = fixture.post(run + "/delete", "{\"confirm\":\"another\"}");
    assertProblem(other, 422, "validation");
    assertThat(other.body()).contains("\"field\":\"confirm\"");
    assertProblem(fixture.post(run + "/delete", "{}"), 422, "validation");
    assertProblem(fixture.post(run + "/delete", ""), 400, "malformed-json");
    assertThat(fixture.asked).isEmpty();
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
    assertProblem(
      fixture.post(run + "/calls/" + story.call(1) + "/cancel", ""),
      404,
      "run-not-found"
    );
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
