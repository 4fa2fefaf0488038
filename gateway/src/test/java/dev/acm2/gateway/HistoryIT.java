package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventType;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The events of a run over HTTP: always those that a filter over the whole log gives.
class HistoryIT {

  private static final RunId RUN = Facts.runId(1700);
  private static final String ADDRESS = "/api/v1/runs/" + RUN + "/history";
  private static final List<RecordedEvent> LOG = JudgedRun.log(3, RUN, 1);
  private static final int PARTITION = 4;
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    RunId other = Facts.runId(1701);
    List<RecordedEvent> others = new Story(other, 1).log();
    fixture.projector.publishAndWrite(LOG);
    for (int i = 0; i < others.size(); i++) {
      fixture.projector.writeEvent(others.get(i), PARTITION, 2L * i + 1);
    }
    for (int i = 0; i < LOG.size(); i++) {
      fixture.projector.writeEvent(LOG.get(i), PARTITION, 2L * i);
    }
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldGiveAllEventsInTheOrderOfTheLog() throws Exception {
    assertThat(LOG).hasSizeBetween(100, 1000);
    assertThat(types(all("?limit=1000"))).isEqualTo(types(_ -> true));
  }

  @Test
  void shouldSayWhereAnEventStandsAndWhoWroteIt() throws Exception {
    // when
    JsonNode first = all("?limit=1000").getFirst();
    JsonNode queued = all("?type=call-queued").getFirst();

    // then
    assertThat(first.get("partition").asInt()).isEqualTo(PARTITION);
    assertThat(first.get("offset").asInt()).isZero();
    assertThat(first.get("callId").isNull()).isTrue();
    assertThat(first.at("/producer/service").asString()).isEqualTo("test");
    assertThat(first.at("/event/spec/name").asString()).isEqualTo(JudgedRun.spec(1).name());
    assertThat(queued.get("callId")).isEqualTo(queued.at("/event/callId"));
    assertThat(queued.get("callId").asString()).hasSize(32);
  }

  @Test
  void shouldGivePages() throws Exception {
    // given
    List<String> pages = new ArrayList<>();
    String cursor = "";

    // when
    do {
      JsonNode page = json(fixture.get(ADDRESS + "?limit=7" + cursor));
      page.get("items").forEach(event -> pages.add(event.get("type").asString()));
      assertThat(page.get("items").size()).isBetween(1, 7);
      JsonNode next = page.get("nextCursor");
      cursor = next.isNull() ? "" : "&after=" + next.asString();
    } while (!cursor.isEmpty());

    // then
    assertThat(pages).isEqualTo(types(_ -> true));
  }

  @Test
  void shouldGiveEventsOfSomeTypes() throws Exception {
    // given
    List<String> wanted = List.of("call-succeeded", "run-finished");

    // then
    assertThat(types(all("?limit=1000&type=run-finished&type=call-succeeded"))).isEqualTo(
      types(event -> wanted.contains(EventType.of(event.event()).wireName()))
    );
  }

  @Test
  void shouldGiveEventsOfCallsOfAPhaseAndModel() throws Exception {
    // given
    CallView some = fixture.projector
      .projection(RUN)
      .calls()
      .stream()
      .filter(call -> call.phase() != null && call.phase().name().equals("PAIRWISE"))
      .findFirst()
      .orElseThrow();

    // then
    assertThat(types(all("?limit=1000&phase=PAIRWISE"))).isEqualTo(
      types(ofCall(call -> Objects.equals(call.phase(), some.phase())))
    );
    assertThat(types(all("?limit=1000&model=" + some.model()))).isEqualTo(
      types(ofCall(call -> Objects.equals(call.model(), some.model())))
    );
    assertThat(types(all("?limit=1000&phase=PAIRWISE&model=" + some.model()))).isEqualTo(
      types(
        ofCall(
          call ->
            Objects.equals(call.phase(), some.phase()) && Objects.equals(call.model(), some.model())
        )
      )
    );
    assertThat(types(all("?limit=1000&call=" + some.callId()))).isEqualTo(
      types(ofCall(call -> call.callId().equals(some.callId())))
    );
  }

  @Test
  void shouldGiveWhatAWorkerWrote() throws Exception {
    assertThat(types(all("?limit=1000&worker=test-1"))).isEqualTo(types(_ -> true));
    assertThat(all("?worker=another")).isEmpty();
  }

  @Test
  void shouldRefuseFiltersThatNothingCanPass() throws Exception {
    assertProblem(fixture.get(ADDRESS + "?type=call-invented"), 422, "validation");
    assertProblem(fixture.get(ADDRESS + "?phase=DREAMING"), 422, "validation");
    assertProblem(fixture.get(ADDRESS + "?call=nonsense"), 400, "invalid-id");
    assertProblem(fixture.get(ADDRESS + "?after=nonsense"), 400, "invalid-cursor");
    assertProblem(fixture.get(ADDRESS + "?limit=1001"), 400, "invalid-cursor");
    assertProblem(
      fixture.get("/api/v1/runs/" + Facts.runId(77_778) + "/history"),
      404,
      "run-not-found"
    );
  }

  private static Predicate<RecordedEvent> ofCall(Predicate<CallView> condition) {
    return event -> {
      CallView view =
        event.event() instanceof CallEvent of
          ? fixture.projector.projection(RUN).call(of.callId())
          : null;
      return view != null && condition.test(view);
    };
  }

  private static List<JsonNode> all(String query) throws Exception {
    return json(fixture.get(ADDRESS + query))
      .get("items")
      .valueStream()
      .toList();
  }

  private static List<String> types(List<JsonNode> events) {
    return events
      .stream()
      .map(event -> event.get("type").asString())
      .toList();
  }

  private static List<String> types(Predicate<RecordedEvent> condition) {
    List<String> types = LOG.stream()
      .filter(condition)
      .map(event -> EventType.of(event.event()).wireName())
      .toList();
    assertThat(types).isNotEmpty();
    return types;
  }
}
