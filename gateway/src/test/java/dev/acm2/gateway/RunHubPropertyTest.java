package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the order in which the feed goes on, the tables follow, clients come, go, return and read:
/// every client ends with exactly the latest rows of its own run (I6, I7, R6, R8).
class RunHubPropertyTest {

  private static final int PARTITION = RunLog.partitionOf(Facts.runId(1));
  private static final List<RunId> RUNS = IntStream.range(1, 100)
    .mapToObj(Facts::runId)
    .filter(id -> RunLog.partitionOf(id) == PARTITION)
    .limit(3)
    .toList();

  static IntStream seeds() {
    return IntStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldGiveEveryClientTheLatestRowsOfItsRun(int seed) {
    // given
    World world = new World(seed);

    // when
    for (int step = 0; step < 600; step++) {
      world.step();
    }
    world.comeToRest();

    // then
    world.watchers.forEach(Watcher::check);
  }

  /// A view, and what the tables hold once they have it.
  private record Position(View view, boolean isWhole, Map<RunId, RunQueries.RunRows> rows) {}

  private static final class World {

    private final Random random;
    private final List<Position> topic = new ArrayList<>();
    private final RunHub hub;
    private final List<Watcher> watchers = new ArrayList<>();
    private int fed;
    private int tables;

    World(int seed) {
      random = new Random(seed);
      hub = new RunHub(1 + random.nextInt(3), 2 + random.nextInt(8), 3 + random.nextInt(12));
      write(seed);
      fed = random.nextInt(topic.size() / 2);
      hub.startAt(PARTITION, fed);
      RUNS.forEach(run -> watchers.add(new Watcher(run, this)));
      watchers.add(new Watcher(RUNS.getFirst(), this));
    }

    void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> feed();
        case 6, 7, 8, 9 -> follow();
        case 10 -> skip();
        default -> watchers.get(random.nextInt(watchers.size())).step();
      }
    }

    void comeToRest() {
      while (fed < topic.size()) {
        feed();
      }
      tables = topic.size();
      for (int i = 0; i < 4; i++) {
        watchers.forEach(Watcher::advance);
      }
    }

    RunQueries.@Nullable RunRows rows(RunId runId) {
      return tables == 0
        ? null
        : topic
            .get(tables - 1)
            .rows()
            .get(runId);
    }

    private void feed() {
      if (fed < topic.size()) {
        hub.accept(PARTITION, fed, topic.get(fed).view());
        fed++;
      }
    }

    /// The feed lost its place, now and then.
    private void skip() {
      if (random.nextInt(8) == 0 && fed + 3 < topic.size()) {
        fed += 3;
        hub.startAt(PARTITION, fed);
      }
    }

    private void follow() {
      int next = Math.min(topic.size(), tables + 1 + random.nextInt(6));
      while (next < topic.size() && next > 0 && !topic.get(next - 1).isWhole()) {
        next++;
      }
      tables = next;
    }

    private void write(int seed) {
      List<List<RecordedEvent>> logs = new ArrayList<>();
      RUNS.forEach(run -> logs.add(new ArrayList<>(RandomRun.log(seed, run, 1))));
      Map<RunId, RunProjection> projections = new HashMap<>();
      Map<RunId, RunView> specs = new HashMap<>();
      for (long offset = 0; logs.stream().anyMatch(log -> !log.isEmpty()); offset++) {
        logs.removeIf(List::isEmpty);
        RecordedEvent event = logs.get(random.nextInt(logs.size())).removeFirst();
        RunProjection projection = projections.computeIfAbsent(event.runId(), _ ->
          new RunProjection()
        );
        projection.apply(event, new AsOf(1, PARTITION, offset));
        publish(event, projection, projections, specs, offset);
      }
    }

    private void publish(
      RecordedEvent event,
      RunProjection projection,
      Map<RunId, RunProjection> projections,
      Map<RunId, RunView> specs,
      long offset
    ) {
      CallView call = event.event() instanceof CallEvent of ? projection.call(of.callId()) : null;
      RunView run = projection.run();
      if (run == null) {
        throw new AssertionError("a run without its request");
      }
      RunView first = specs.putIfAbsent(event.runId(), run);
      Map<RunId, RunQueries.RunRows> rows = new HashMap<>();
      if (call != null && call.version() == offset) {
        topic.add(new Position(new View.OfCall(call, 1), false, rows));
      }
      View published = new View.OfRun(first == null ? run : run.withSpec(null));
      projections.forEach((id, p) -> rows.put(id, rows(p, topic.size() + 1)));
      topic.add(new Position(published, true, rows));
    }

    private static RunQueries.RunRows rows(RunProjection projection, long nextView) {
      RunView run = projection.run();
      if (run == null) {
        throw new AssertionError("a run without its request");
      }
      return new RunQueries.RunRows(run, List.copyOf(projection.calls()), 0, nextView);
    }
  }

  /// A browser that comes, reads now and then, loses its connection and comes back.
  private static final class Watcher {

    private final World world;
    private final RunId runId;
    private final Client client;
    private final Set<Long> versions = new HashSet<>();
    private @Nullable Subscription subscription;
    private boolean begun;

    Watcher(RunId runId, World world) {
      this.runId = runId;
      this.world = world;
      client = new Client(runId);
    }

    void step() {
      if (subscription != null && world.random.nextInt(15) == 0) {
        leave();
      } else {
        advance();
      }
    }

    void advance() {
      if (subscription == null) {
        subscription = world.hub.attach(runId, client.asOf());
        begun = subscription.resumed();
      } else if (subscription.broken() != null) {
        client.forget();
        leave();
        advance();
        return;
      }
      if (!begun) {
        begin(subscription);
      }
      if (begun) {
        Delta delta = subscription.drain(Instant.EPOCH);
        if (delta != null) {
          client.apply(delta);
          versions.add(delta.asOf().offset());
        }
      }
    }

    void check() {
      RunQueries.RunRows rows = world.rows(runId);
      assertThat(rows).isNotNull();
      if (rows != null) {
        assertThat(client.run()).isEqualTo(rows.run().withSpec(null));
        assertThat(client.calls()).containsExactlyElementsOf(rows.calls());
      }
    }

    private void begin(Subscription place) {
      RunQueries.RunRows rows = world.rows(runId);
      if (rows != null && nextView() >= place.coveredFrom()) {
        place.startAt(rows.run().asOf());
        client.apply(
          new Snapshot(runId, rows.run().asOf(), Instant.EPOCH, rows.run(), rows.calls())
        );
        begun = place.broken() == null;
      }
    }

    private long nextView() {
      return world.tables;
    }

    private void leave() {
      if (subscription != null) {
        subscription.close();
        subscription = null;
        begun = false;
      }
    }
  }
}
