package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs that were put away, and runs that were given up for good.
class DeletedRunIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(1800);
  private static GatewayFixture fixture;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final String run = "/api/v1/runs/" + runId;
  private final Story story = new Story(runId, 1)
    .started(1, 1)
    .succeeded(1, 1)
    .finished(Outcome.COMPLETED);

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldListArchivedRunsApart() throws Exception {
    // given
    told(story.log());
    assertThat(listed("")).contains(runId.toString());

    // when
    told(List.of(next(() -> story.tell(new RunArchived("old")))));

    // then
    assertThat(listed("")).doesNotContain(runId.toString());
    assertThat(listed("?archived=false")).doesNotContain(runId.toString());
    assertThat(listed("?archived=true")).containsExactly(runId.toString());
    assertThat(json(fixture.get(run)).get("archived").asBoolean()).isTrue();

    // when
    told(List.of(next(() -> story.tell(new RunUnarchived("still of use")))));

    // then
    assertThat(listed("")).contains(runId.toString());
    assertThat(listed("?archived=true")).isEmpty();
  }

  @Test
  void shouldKnowNothingOfADeletedRun() throws Exception {
    // given
    told(story.log());
    assertThat(fixture.get(run).statusCode()).isEqualTo(200);

    // when
    told(List.of(deletion()));

    // then
    String call = run + "/calls/" + story.call(1);
    for (String address : List.of(
      run,
      run + "/calls",
      run + "/log",
      run + "/log.txt",
      run + "/history",
      run + "/sources",
      run + "/reasons",
      run + "/export?what=scores",
      run + "/documents/" + story.call(1),
      call + "/events"
    )) {
      assertProblem(fixture.get(address), 404, "run-not-found");
    }
    assertThat(listed("")).doesNotContain(runId.toString());
  }

  @Test
  void shouldAskNothingOfADeletedRun() throws Exception {
    // given
    told(story.log());
    told(List.of(deletion()));
    fixture.asked.clear();

    // then
    for (String command : List.of(
      "cancel",
      "pause",
      "resume",
      "retry",
      "archive",
      "unarchive",
      "verify",
      "calls/" + story.call(1) + "/cancel"
    )) {
      assertProblem(fixture.post(run + "/" + command, "{}"), 404, "run-not-found");
    }
    assertProblem(fixture.post(run + "/delete", "{\"confirm\":\"x\"}"), 404, "run-not-found");
    assertProblem(fixture.post(run + "/re-evaluate", "{}"), 404, "run-not-found");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldEndTheStreamsOfARunThatIsDeleted() throws Exception {
    // given
    told(story.log());
    try (EventStream stream = fixture.watch(runId)) {
      Await.until("the snapshot", PATIENCE, () -> stream.frames().size() == 1);

      // when
      told(List.of(deletion()));

      // then
      Await.until("the end", PATIENCE, stream::ended);
      assertDeleted(stream);
      assertThat(stream.frames()).hasSize(2);
    }
  }

  @Test
  void shouldEndTheStreamOfAClientThatComesBackToADeletedRun() throws Exception {
    // given
    told(story.log());
    String id;
    try (EventStream stream = fixture.watch(runId)) {
      Await.until("the snapshot", PATIENCE, () -> !stream.ids().isEmpty());
      id = stream.ids().getFirst();
    }
    told(List.of(deletion()));
    awaitDeletionInTheHub();

    // when
    try (EventStream stream = fixture.watch(runId, null, id)) {
      // then
      Await.until("the end", PATIENCE, stream::ended);
      assertDeleted(stream);
    }
  }

  @Test
  void shouldEndAStreamThatFindsTheRunDeletedWhenItReadsTheTablesAgain() throws Exception {
    // given
    told(story.log());
    try (EventStream stream = fixture.watch(runId)) {
      Await.until("the snapshot", PATIENCE, () -> stream.frames().size() == 1);

      // when the feed has missed the deletion
      fixture.projector.deleteRows(runId);
      fixture.gateway.getBean(RunHub.class).startAt(RunLog.partitionOf(runId), 0);

      // then
      Await.until("the end", PATIENCE, stream::ended);
      assertDeleted(stream);
    }
  }

  @Test
  void shouldRefuseAStreamOfADeletedRun() throws Exception {
    told(story.log());
    told(List.of(deletion()));

    assertProblem(
      fixture.send(
        HttpRequest.newBuilder(fixture.at(run + "/events")).header("Accept", "text/event-stream")
      ),
      404,
      "run-not-found"
    );
  }

  private void awaitDeletionInTheHub() throws Exception {
    try (Subscription probe = fixture.gateway.getBean(RunHub.class).attach(runId, null)) {
      probe.startAt(fixture.projector.beginning(runId));
      Await.until("the deletion", PATIENCE, () -> {
        Frame.Delta delta = probe.drain(Instant.EPOCH);
        return delta != null && delta.run() != null && delta.run().deleted();
      });
    }
  }

  private static void assertDeleted(EventStream stream) {
    assertThat(stream.frames().getLast()).isInstanceOfSatisfying(Bye.class, bye ->
      assertThat(bye.reason()).isEqualTo("deleted")
    );
  }

  private RecordedEvent deletion() {
    return next(() -> story.tell(new RunDeleted("of no use")));
  }

  private RecordedEvent next(Runnable telling) {
    telling.run();
    return story.log().getLast();
  }

  private static List<String> listed(String query) throws Exception {
    return json(fixture.get("/api/v1/runs" + query))
      .get("items")
      .valueStream()
      .map(view -> view.get("runId").asString())
      .toList();
  }

  private static void told(List<RecordedEvent> events) throws Exception {
    fixture.projector.publishAndWrite(events);
  }
}
