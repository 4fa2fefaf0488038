package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Console lines and raw events of a run over HTTP.
class LogIT {

  private static final RunId RUN = Facts.runId(1100);
  private static final RunId OTHER = Facts.runId(1101);
  private static final RunId LONG = Facts.runId(1102);
  private static final Story STORY = new Story(RUN, 2).started(1, 1).failed(1, 1).queued(1, 2);
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    told(STORY);
    told(new Story(OTHER, 1));
    told(new Story(LONG, 1));
    fixture.projector.writeTables();
    fixture.projector.writeLine(line(RUN, null, Level.INFO, "begins"), 2, 10);
    fixture.projector.writeLine(line(OTHER, null, Level.INFO, "is another run"), 2, 11);
    fixture.projector.writeLine(line(RUN, STORY.call(1), Level.DEBUG, "asks"), 2, 12);
    fixture.projector.writeLine(line(RUN, STORY.call(1), Level.ERROR, "fails"), 2, 13);
    fixture.projector.execute(
      "INSERT INTO projection.run_log (log_partition, log_offset, run_id, at, level, call_id," +
        " epoch, attempt, source, text) SELECT 1, n, '" +
        LONG +
        "', now(), 'INFO', NULL, 0, 0, 'w', 'line ' || n FROM generate_series(0, 2499) n"
    );
    List<RecordedEvent> log = STORY.log();
    for (int offset = 0; offset < log.size(); offset++) {
      fixture.projector.writeEvent(log.get(offset), 3, offset);
    }
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldPageThroughTheLines() throws Exception {
    // when
    JsonNode first = log(RUN, "?limit=2");
    JsonNode second = log(RUN, "?limit=2&after=" + first.get("next").asString());
    JsonNode third = log(RUN, "?limit=2&after=" + second.get("next").asString());

    // then
    assertThat(texts(first)).containsExactly("begins", "asks");
    assertThat(texts(second)).containsExactly("fails");
    assertThat(texts(third)).isEmpty();
    assertThat(third.get("next")).isEqualTo(second.get("next"));
    JsonNode line = first.at("/items/1");
    assertThat(line.get("position")).isEqualTo(first.get("next"));
    assertThat(line.get("callId").asString()).isEqualTo("" + STORY.call(1));
    assertThat(line.get("level").asString()).isEqualTo("DEBUG");
    assertThat(line.get("source").asString()).isEqualTo("worker-1");
    assertThat(first.at("/items/0/callId").isNull()).isTrue();
  }

  @Test
  void shouldGiveLinesOfALevelAndAbove() throws Exception {
    assertThat(texts(log(RUN, "?level=INFO"))).containsExactly("begins", "fails");
    assertThat(texts(log(RUN, "?level=WARN"))).containsExactly("fails");
  }

  @Test
  void shouldBeAbleToGoOnFromAnEmptyLog() throws Exception {
    // given
    RunId empty = Facts.runId(1103);
    told(new Story(empty, 1));
    fixture.projector.writeTables();

    // when
    JsonNode nothing = log(empty, "");
    fixture.projector.writeLine(line(empty, null, Level.INFO, "the first"), 0, 0);

    // then
    assertThat(texts(nothing)).isEmpty();
    assertThat(texts(log(empty, "?after=" + nothing.get("next").asString()))).containsExactly(
      "the first"
    );
  }

  @Test
  void shouldGiveAllLinesAsAFile() throws Exception {
    // when
    HttpResponse<String> small = fixture.get("/api/v1/runs/" + RUN + "/log.txt");
    HttpResponse<String> large = fixture.get("/api/v1/runs/" + LONG + "/log.txt");

    // then
    assertThat(small.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(small.headers().firstValue("Content-Disposition").orElse("")).startsWith(
      "attachment"
    );
    assertThat(small.body()).isEqualTo(
      """
      2026-01-01T00:00:00Z INFO  worker-1: begins
      2026-01-01T00:00:00Z DEBUG worker-1 CALL-1-1: asks
      2026-01-01T00:00:00Z ERROR worker-1 CALL-1-1: fails
      """.replace("CALL", "" + STORY.call(1))
    );
    assertThat(large.body().lines()).hasSize(2500);
    assertThat(large.body()).endsWith("line 2499\n");
  }

  @Test
  void shouldGiveTheEventsOfACall() throws Exception {
    // when
    JsonNode events = json(
      fixture.get("/api/v1/runs/" + RUN + "/calls/" + STORY.call(1) + "/events")
    ).get("items");

    // then
    assertThat(events)
      .extracting(event -> event.get("type").asString())
      .containsExactly(
        "call-queued",
        "call-dispatched",
        "call-started",
        "call-failed",
        "call-queued"
      );
    JsonNode failed = events.get(3);
    assertThat(failed.get("partition").asInt()).isEqualTo(3);
    assertThat(failed.get("offset").asInt()).isEqualTo(5);
    assertThat(failed.at("/producer/service").asString()).isEqualTo("story");
    assertThat(failed.at("/event/kind").asString()).isEqualTo("SERVER_ERROR");
  }

  @Test
  void shouldRefuseWhatIsNotThere() throws Exception {
    String run = "/api/v1/runs/" + RUN;
    String unknown = "/api/v1/runs/" + Facts.runId(77_777);

    assertProblem(fixture.get(run + "/log?after=nonsense"), 400, "invalid-cursor");
    assertProblem(fixture.get(run + "/log?limit=0"), 400, "invalid-cursor");
    assertProblem(fixture.get(run + "/log?level=LOUD"), 400, "invalid-level");
    assertProblem(fixture.get(run + "/calls/" + "0".repeat(32) + "/events"), 404, "call-not-found");
    assertProblem(fixture.get(unknown + "/log"), 404, "run-not-found");
    assertProblem(fixture.get(unknown + "/log.txt"), 404, "run-not-found");
  }

  private static JsonNode log(RunId runId, String query) throws Exception {
    return json(fixture.get("/api/v1/runs/" + runId + "/log" + query));
  }

  private static List<String> texts(JsonNode page) {
    return page
      .get("items")
      .valueStream()
      .map(line -> line.get("text").asString())
      .toList();
  }

  private static ConsoleLine line(RunId runId, @Nullable CallId call, Level level, String text) {
    int number = call == null ? 0 : 1;
    return new ConsoleLine(runId, call, number, number, "worker-1", Facts.START, level, text);
  }

  private static void told(Story story) throws Exception {
    for (RecordedEvent event : story.log()) {
      fixture.projector.publish(event);
    }
  }
}
