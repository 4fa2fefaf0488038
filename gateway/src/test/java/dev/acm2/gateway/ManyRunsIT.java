package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Gone;
import dev.acm2.gateway.Frame.GoneReason;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One stream for many runs: each of them is told as if it had a stream of its own.
class ManyRunsIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(2500);
  private static Live live;

  private final RunId one = Facts.runId(NUMBERS.incrementAndGet());
  private final RunId two = Facts.runId(NUMBERS.incrementAndGet());
  private final List<RecordedEvent> ofOne = RandomRun.log(NUMBERS.get(), one, 2);
  private final List<RecordedEvent> ofTwo = RandomRun.log(NUMBERS.get() + 1, two, 2);

  @BeforeAll
  static void start() throws Exception {
    live = new Live();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void shouldTellTwentyRunsInOneStream() throws Exception {
    // given twenty runs of which each has begun
    List<RunId> runs = new ArrayList<>();
    List<List<RecordedEvent>> logs = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      RunId runId = Facts.runId(NUMBERS.incrementAndGet());
      List<RecordedEvent> log = new ArrayList<>(RandomRun.log(number, runId, 2));
      live.projector.publish(log.removeFirst());
      runs.add(runId);
      logs.add(log);
    }
    live.projector.writeTables();

    // when they go on in any order
    try (EventStream stream = watch(runs, Map.of())) {
      Random random = new Random(7);
      for (; !logs.isEmpty(); logs.removeIf(List::isEmpty)) {
        live.projector.publish(logs.get(random.nextInt(logs.size())).removeFirst());
      }
      live.projector.writeTables();

      // then each is complete, and its frames are its own, as Client checks one by one
      for (RunId runId : runs) {
        Await.until("the end of " + runId, PATIENCE, () -> live.isComplete(stream, runId));
        assertThat(stream.frames(runId).getFirst()).isInstanceOf(Snapshot.class);
      }
    }
  }

  @Test
  void shouldGoOnWithARunThatTheClientHasAndBeginTheOther() throws Exception {
    // given a client that has the first half of a run
    int half = ofOne.size() / 2;
    live.publishAndWrite(ofOne.subList(0, half));
    live.publishAndWrite(ofTwo);
    Client known;
    String id;
    try (EventStream first = watch(List.of(one), Map.of())) {
      Await.until("a snapshot", PATIENCE, () -> !first.frames().isEmpty());
      known = first.client(one);
      id = first.ids().getFirst();
    }
    assertThat(id).isEqualTo(one + "@" + requireNonNull(known.asOf()).id());
    live.publishAndWrite(ofOne.subList(half, ofOne.size()));
    live.awaitHub(one);

    // when
    try (EventStream stream = watch(List.of(one, two), Map.of(one, known))) {
      // then
      Await.until("the end of one", PATIENCE, () -> live.isComplete(stream, one));
      Await.until("the end of two", PATIENCE, () -> live.isComplete(stream, two));
      assertThat(stream.frames(one)).allSatisfy(f -> assertThat(f).isInstanceOf(Delta.class));
      assertThat(stream.frames(two).getFirst()).isInstanceOf(Snapshot.class);
    }
  }

  @Test
  void shouldResetTheOneRunThatCannotGoOn() throws Exception {
    live.publishAndWrite(ofOne);
    live.publishAndWrite(ofTwo);
    String address = address(List.of(one, two)) + "&from=" + one + "@garbage";

    try (EventStream stream = watch(address, clients(List.of(one, two)))) {
      Await.until("three frames", PATIENCE, () -> stream.frames().size() == 3);
      assertThat(stream.frames(one)).hasExactlyElementsOfTypes(Reset.class, Snapshot.class);
      assertThat(stream.frames(two)).hasExactlyElementsOfTypes(Snapshot.class);
    }
  }

  @Test
  void shouldTellThatThereIsNoSuchRunAndGoOnWithTheOther() throws Exception {
    // given
    RunId unknown = Facts.runId(99_998);
    int half = ofOne.size() / 2;
    live.publishAndWrite(ofOne.subList(0, half));

    // when
    try (EventStream stream = watch(List.of(unknown, one), Map.of())) {
      Await.until("it is told", PATIENCE, () -> !stream.frames(unknown).isEmpty());

      // then
      assertThat(stream.frames(unknown)).containsExactly(new Gone(unknown, GoneReason.UNKNOWN));
      live.publishAndWrite(ofOne.subList(half, ofOne.size()));
      Await.until("the end of the other", PATIENCE, () -> live.isComplete(stream, one));
    }
  }

  @Test
  void shouldNotLetARunThatIsNotThereYetHoldBackTheOther() throws Exception {
    // given a run that is waited for
    live.publishAndWrite(ofOne);

    // when
    try (EventStream stream = watch(List.of(two, one), Map.of())) {
      // then
      Await.until("the run that is there", PATIENCE, () -> live.isComplete(stream, one));
      assertThat(stream.frames(two)).isEmpty();
      live.publishAndWrite(ofTwo);
      Await.until("the other", PATIENCE, () -> live.isComplete(stream, two));
    }
  }

  @Test
  void shouldTellThatARunIsDeletedAndGoOnWithTheOther() throws Exception {
    // given
    Story story = new Story(two, 1).started(1, 1).succeeded(1, 1).finished(Outcome.COMPLETED);
    live.publishAndWrite(story.log());
    int half = ofOne.size() / 2;
    live.publishAndWrite(ofOne.subList(0, half));
    try (EventStream stream = watch(List.of(one, two), Map.of())) {
      Await.until("both", PATIENCE, () -> stream.frames().size() == 2);

      // when
      int before = story.log().size();
      story.tell(new RunDeleted("no longer needed"));
      live.publishAndWrite(story.log().subList(before, story.log().size()));

      // then
      Await.until("it is told", PATIENCE, () -> stream.frames(two).size() == 2);
      assertThat(stream.frames(two).getLast()).isEqualTo(new Gone(two, GoneReason.DELETED));
      live.publishAndWrite(ofOne.subList(half, ofOne.size()));
      Await.until("the end of the other", PATIENCE, () -> live.isComplete(stream, one));
      assertThat(stream.ended()).isFalse();
    }
  }

  @Test
  void shouldEndWhenNothingIsLeftToTell() throws Exception {
    RunId unknown = Facts.runId(99_997);
    try (EventStream stream = watch(List.of(unknown), Map.of())) {
      Await.until("the end", PATIENCE, stream::ended);
      assertThat(stream.frames()).containsExactly(new Gone(unknown, GoneReason.UNKNOWN));
    }
  }

  @Test
  void shouldLetGoOfAllRunsOfAClientThatHasGone() throws Exception {
    live.publishAndWrite(ofOne);
    live.publishAndWrite(ofTwo);
    try (EventStream stream = watch(List.of(one, two), Map.of())) {
      Await.until("both", PATIENCE, () -> stream.frames().size() == 2);
    }
    Await.until(
      "nothing is held",
      PATIENCE,
      () -> live.subscription(one) == null && live.subscription(two) == null
    );
  }

  @Test
  void shouldSayGoodbyeForEachRunOnShutdown() throws Exception {
    try (GatewayFixture own = new GatewayFixture()) {
      own.projector.publishAndWrite(ofOne.getFirst());
      own.projector.publishAndWrite(ofTwo.getFirst());
      var address = own.at(address(List.of(one, two)));
      try (EventStream stream = new EventStream(address, clients(List.of(one, two)), null)) {
        Await.until("both", PATIENCE, () -> stream.frames().size() == 2);
        own.gateway.close();
        Await.until("the end", PATIENCE, stream::ended);
        for (RunId runId : List.of(one, two)) {
          assertThat(stream.frames(runId).getLast()).isInstanceOfSatisfying(Bye.class, bye ->
            assertThat(bye.reason()).isEqualTo("shutdown")
          );
        }
      }
    }
  }

  @Test
  void shouldSayWhichParameterIsWrong() throws Exception {
    String runs = IntStream.range(0, 21)
      .mapToObj(number -> "run=" + Facts.runId(number))
      .collect(Collectors.joining("&"));
    assertBlamed("/api/v1/events", 422, "validation", "run");
    assertBlamed("/api/v1/events?" + runs, 422, "validation", "run");
    assertBlamed("/api/v1/events?run=7", 400, "invalid-id", "run");
    String from = address(List.of(one)) + "&from=";
    assertBlamed(from + "x@1.2.3", 400, "invalid-id", "from");
  }

  @ParameterizedTest
  @ValueSource(strings = { "1.2.3", "%s@1.2.3", "%2$s@1.2.3&from=%2$s@1.2.4" })
  void shouldRefuseAPlaceThatFitsNoRun(String form) throws Exception {
    String from = String.format(form, two, one);
    String address = address(List.of(one)) + "&from=" + from;
    assertBlamed(address, 422, "validation", "from");
  }

  private static void assertBlamed(String address, int status, String slug, String field)
    throws Exception {
    HttpResponse<String> answer = live.fixture.get(address);
    assertProblem(answer, status, slug);
    assertThat(json(answer).get("field").asString()).isEqualTo(field);
  }

  private static EventStream watch(List<RunId> runs, Map<RunId, Client> known) throws Exception {
    Map<RunId, Client> clients = clients(runs);
    clients.putAll(known);
    String from = known
      .entrySet()
      .stream()
      .map(each -> "&from=" + each.getKey() + "@" + requireNonNull(each.getValue().asOf()).id())
      .collect(Collectors.joining());
    return watch(address(runs) + from, clients);
  }

  private static EventStream watch(String address, Map<RunId, Client> clients) throws Exception {
    return new EventStream(live.fixture.at(address), clients, null);
  }

  private static Map<RunId, Client> clients(List<RunId> runs) {
    Map<RunId, Client> clients = new HashMap<>();
    runs.forEach(runId -> clients.put(runId, new Client(runId)));
    return clients;
  }

  private static String address(List<RunId> runs) {
    return (
      "/api/v1/events?" +
      runs
        .stream()
        .map(runId -> "run=" + runId)
        .collect(Collectors.joining("&"))
    );
  }
}
