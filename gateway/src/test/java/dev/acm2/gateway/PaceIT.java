package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// How runs went over their time, as the tables have it.
class PaceIT {

  private static final Set<CallState> BAD = EnumSet.of(CallState.FAILED, CallState.TIMED_OUT);
  private static final Set<CallState> OTHER = EnumSet.of(CallState.CANCELLED, CallState.SKIPPED);
  /// When all runs of this test have finished, but for those that go on.
  private static final Instant LATER = Facts.START.plus(Duration.ofDays(1));
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  /// 240 s in 24 stretches are 10 s each.
  @Test
  void shouldCountEndsInTheirStretches() throws Exception {
    // given a run whose time begins with its first call, 5 s after it was requested
    RunId runId = Facts.runId(2001);
    Story story = new Story(runId, 5).after(Duration.ofSeconds(5));
    IntStream.rangeClosed(1, 5).forEach(call -> story.started(call, 1));
    story.after(Duration.ofMillis(9_999)).succeeded(1, 1);
    story.after(Duration.ofMillis(1)).failed(2, 1);
    story.after(Duration.ofSeconds(115)).succeeded(3, 1).succeeded(4, 1);
    story.after(Duration.ofSeconds(115)).failed(5, 1).finished(Outcome.COMPLETED_WITH_ERRORS);
    fixture.projector.publishAndWrite(story.log());

    // when
    RunPace pace = only(runId, LATER);

    // then
    assertThat(pace.from()).isEqualTo(Facts.START.plusSeconds(5));
    assertThat(pace.to()).isEqualTo(Facts.START.plusSeconds(245));
    assertThat(stretches(pace.ok())).isEqualTo("0=1 12=2");
    assertThat(stretches(pace.bad())).isEqualTo("1=1 23=1");
    assertThat(stretches(pace.other())).isEmpty();
  }

  @Test
  void shouldGiveARunThatGoesOnTheTimeUntilNow() throws Exception {
    // given
    RunId runId = Facts.runId(2002);
    Story story = new Story(runId, 2).started(1, 1);
    story.after(Duration.ofSeconds(12)).succeeded(1, 1);
    fixture.projector.publishAndWrite(story.log());

    // then
    RunPace soon = only(runId, Facts.START.plusSeconds(12));
    assertThat(soon.to()).isEqualTo(Facts.START.plusSeconds(12));
    assertThat(stretches(soon.ok())).isEqualTo("23=1");
    assertThat(stretches(only(runId, Facts.START.plusSeconds(24)).ok())).isEqualTo("12=1");

    // when the clock here is behind that of the worker
    RunPace behind = only(runId, Facts.START.minusSeconds(60));
    assertThat(behind.to()).isEqualTo(behind.from()).isEqualTo(Facts.START);
    assertThat(stretches(behind.ok())).isEqualTo("23=1");
  }

  @Test
  void shouldBeginWithTheRequestWhileNothingHasStarted() throws Exception {
    // given
    RunId runId = Facts.runId(2003);
    fixture.projector.publishAndWrite(new Story(runId, 3).log());

    // when
    RunPace pace = only(runId, Facts.START.plusSeconds(1));

    // then
    assertThat(pace.from()).isEqualTo(Facts.START);
    assertThat(pace.to()).isEqualTo(Facts.START.plusSeconds(1));
    assertThat(Stream.of(pace.ok(), pace.bad(), pace.other())).allSatisfy(counts ->
      assertThat(counts).hasSize(24).containsOnly(0)
    );
  }

  @Test
  void shouldGiveWhatEndedOutsideOfTheTimeToTheNearestStretch() throws Exception {
    // given
    RunId runId = Facts.runId(2004);
    Story story = new Story(runId, 3);
    IntStream.rangeClosed(1, 3).forEach(call -> story.started(call, 1).succeeded(call, 1));
    story.after(Duration.ofSeconds(24)).finished(Outcome.COMPLETED);
    fixture.projector.publishAndWrite(story.log());
    ends(story, 1, "2025-12-31T23:59:59.999999Z");
    ends(story, 2, "2026-01-01T00:00:24.000001Z");
    ends(story, 3, "2026-01-01T00:00:23.999999Z");

    // then
    assertThat(stretches(only(runId, LATER).ok())).isEqualTo("0=1 23=2");
  }

  /// Whatever happens to calls: no end is lost and none is counted twice.
  @Test
  void shouldAddUpToTheCallsOfEachRun() throws Exception {
    // given
    List<RunId> runs = IntStream.range(0, 8)
      .mapToObj(i -> Facts.runId(2010 + i))
      .toList();
    for (RunId runId : runs) {
      fixture.projector.publishAndWrite(RandomRun.log(runId.hashCode(), runId, 3));
    }

    // when
    JsonNode paces = json(get(runs)).get("runs");

    // then
    assertThat(
      paces.valueStream().map(pace -> pace.get("runId").asString())
    ).containsExactlyElementsOf(runs.stream().map(RunId::toString).toList());
    for (int i = 0; i < runs.size(); i++) {
      RunProjection run = fixture.projector.projection(runs.get(i));
      JsonNode pace = paces.get(i);
      assertThat(sum(pace.get("ok"))).isEqualTo(count(run, EnumSet.of(CallState.OK)));
      assertThat(sum(pace.get("bad"))).isEqualTo(count(run, BAD));
      assertThat(sum(pace.get("other"))).isEqualTo(count(run, OTHER));
      assertThat(Instant.parse(pace.get("to").asString())).isEqualTo(
        Objects.requireNonNull(run.run()).finishedAt()
      );
    }
  }

  @Test
  void shouldLeaveOutRunsThatThereAreNot() throws Exception {
    // given
    RunId kept = Facts.runId(2030);
    RunId deleted = Facts.runId(2031);
    for (RunId runId : List.of(kept, deleted)) {
      Story story = new Story(runId, 1).started(1, 1).succeeded(1, 1).finished(Outcome.COMPLETED);
      fixture.projector.publishAndWrite(story.log());
      if (runId.equals(deleted)) {
        story.tell(new RunDeleted("of no use"));
        fixture.projector.publishAndWrite(story.log().getLast());
      }
    }

    // then
    JsonNode paces = json(get(List.of(Facts.runId(77_779), deleted, kept, kept))).get("runs");
    assertThat(paces).hasSize(1);
    assertThat(paces.get(0).get("runId").asString()).isEqualTo(kept.toString());
  }

  /// The time of this run ends while the request is answered.
  @Test
  void shouldTakeTheTimeFromTheClock() throws Exception {
    // given
    RunId runId = Facts.runId(2032);
    fixture.projector.publishAndWrite(new Story(runId, 1).started(1, 1).log());

    // when
    Instant before = Instant.now();
    JsonNode pace = json(get(List.of(runId))).at("/runs/0");
    Instant after = Instant.now();

    // then
    assertThat(Instant.parse(pace.get("to").asString())).isBetween(
      before.minusMillis(1),
      after.plusMillis(1)
    );
  }

  @Test
  void shouldAnswerForAHundredRunsAtOnceAndNotForMore() throws Exception {
    List<RunId> hundred = IntStream.range(0, 100)
      .mapToObj(i -> Facts.runId(50_000 + i))
      .toList();
    assertThat(get(hundred).statusCode()).isEqualTo(200);
    List<RunId> more = Stream.concat(hundred.stream(), Stream.of(Facts.runId(1))).toList();
    assertRefused(get(more), 422, "validation");
  }

  @Test
  void shouldSayWhatIsWrongWithTheIds() throws Exception {
    assertRefused(fixture.get("/api/v1/runs/pace"), 422, "validation");
    assertRefused(fixture.get("/api/v1/runs/pace?run="), 422, "validation");
    assertRefused(fixture.get("/api/v1/runs/pace?run=nonsense"), 400, "invalid-id");
  }

  private static void assertRefused(HttpResponse<String> response, int status, String slug) {
    assertProblem(response, status, slug);
    assertThat(json(response).get("field").asString()).isEqualTo("run");
  }

  private static RunPace only(RunId runId, Instant now) {
    List<RunPace> paces = new PaceQueries(new Tables(fixture.dataSource))
      .of(List.of(runId), now)
      .runs();
    assertThat(paces).extracting(RunPace::runId).containsExactly(runId);
    return paces.getFirst();
  }

  private static HttpResponse<String> get(List<RunId> runs) throws Exception {
    return fixture.get(
      "/api/v1/runs/pace?" +
        runs
          .stream()
          .map(id -> "run=" + id)
          .collect(Collectors.joining("&"))
    );
  }

  private static void ends(Story story, int call, String at) throws Exception {
    fixture.projector.execute(
      "UPDATE projection.call SET finished_at = '" +
        at +
        "' WHERE call_id = '" +
        story.call(call) +
        "'"
    );
  }

  /// Those in which something ended, as "stretch=count".
  private static String stretches(List<Integer> counts) {
    return IntStream.range(0, counts.size())
      .filter(i -> counts.get(i) > 0)
      .mapToObj(i -> i + "=" + counts.get(i))
      .collect(Collectors.joining(" "));
  }

  private static int sum(JsonNode counts) {
    assertThat(counts).hasSize(24);
    return counts.valueStream().mapToInt(JsonNode::asInt).sum();
  }

  private static int count(RunProjection run, Set<CallState> states) {
    return (int) run.calls().stream().map(CallView::state).filter(states::contains).count();
  }
}
