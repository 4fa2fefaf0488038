package dev.acm2.projector;

import static dev.acm2.projector.SampleLogs.interleaved;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectorTopologyTest {

  private static final int GENERATION = 3;

  @TempDir
  private Path stateDir;

  private FoldDriver fold;

  @BeforeEach
  void start() {
    fold = new FoldDriver(GENERATION, stateDir);
  }

  @AfterEach
  void stop() {
    fold.close();
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
  void shouldPublishTheFoldOfTheLog(long seed) {
    // given
    List<RecordedEvent> log = interleaved(seed, 4);

    // when
    log.forEach(fold::pipe);

    // then
    assertThat(FoldDriver.latest(fold.views())).isEqualTo(SampleLogs.fold(log, GENERATION));
    assertThat(fold.quarantined().isEmpty()).isTrue();
  }

  @Test
  void shouldPublishCallsBeforeTheirRunAndTheSpecOnce() {
    // given
    List<RecordedEvent> log = interleaved(11, 2);

    // when
    log.forEach(fold::pipe);

    // then
    Map<RunId, Long> versions = new HashMap<>();
    List<String> specs = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : fold.views()) {
      if (FoldDriver.header(record, "view").equals("run")) {
        RunView run = ContractJson.VIEWS.readValue(record.value(), RunView.class);
        versions.merge(run.runId(), run.asOf().offset(), Math::max);
        if (run.spec() != null) {
          specs.add(FoldDriver.key(record));
        }
      } else {
        CallView call = ContractJson.VIEWS.readValue(record.value(), CallView.class);
        assertThat(call.version()).isGreaterThan(versions.get(call.runId()));
      }
    }
    assertThat(specs).containsExactlyInAnyOrder(
      Facts.runId(1) + "/spec",
      "" + Facts.runId(1),
      Facts.runId(2) + "/spec",
      "" + Facts.runId(2)
    );
  }

  @Test
  void shouldGoOnFromItsStoresWhenItReadsTheLogAgain() {
    // given half a log, and the stores that it left
    List<RecordedEvent> log = interleaved(21, 3);
    log.subList(0, log.size() / 2).forEach(fold::pipe);
    Map<String, byte[]> runs = fold.contents(ProjectorTopology.RUNS);
    Map<String, byte[]> calls = fold.contents(ProjectorTopology.CALLS);
    fold.close();
    start();
    fold.fill(ProjectorTopology.RUNS, runs);
    fold.fill(ProjectorTopology.CALLS, calls);

    // when
    log.forEach(fold::pipe);

    // then
    Map<String, String> stored = new TreeMap<>();
    for (String store : List.of(ProjectorTopology.RUNS, ProjectorTopology.CALLS)) {
      fold.contents(store).forEach((key, value) -> stored.put(key, FoldDriver.text(value)));
    }
    assertThat(stored).isEqualTo(SampleLogs.fold(log, GENERATION));
  }

  /// Its last view stays, which says so. What comes later is neither shown nor a fault.
  @ParameterizedTest
  @ValueSource(longs = { 51, 52, 53, 54 })
  void shouldKeepNothingButTheLastViewOfADeletedRun(long seed) {
    // given
    List<RecordedEvent> log = RandomRun.deletedLog(seed, Facts.runId(1), 2);
    List<RecordedEvent> other = RandomRun.log(seed, Facts.runId(2), 2);

    // when
    log.forEach(fold::pipe);
    List<TestRecord<byte[], byte[]>> views = fold.views();
    other.forEach(fold::pipe);

    // then
    RunView last = ContractJson.VIEWS.readValue(views.getLast().value(), RunView.class);
    assertThat(last.deleted()).isTrue();
    assertThat(last.spec()).isNull();
    assertThat(last.asOf().offset())
      .as("more came for it")
      .isLessThan(log.size() - 1);
    TestRecord<byte[], byte[]> spec = views.get(views.size() - 2);
    assertThat(FoldDriver.key(spec)).isEqualTo(Facts.runId(1) + "/spec");
    assertThat(spec.value()).isEqualTo(views.getLast().value());
    assertThat(fold.contents(ProjectorTopology.CALLS).keySet()).allMatch(key ->
      key.startsWith(Facts.runId(2) + "/")
    );
    assertThat(fold.contents(ProjectorTopology.CALLS)).hasSize(12);
    assertThat(fold.contents(ProjectorTopology.RUNS)).hasSize(2);
    assertThat(fold.quarantined()).isEmpty();
  }

  @Test
  void shouldNotChangeAnythingByCopiesOfEvents() {
    // given
    List<RecordedEvent> once = RandomRun.log(31, Facts.runId(1), 2);
    List<RecordedEvent> log = new ArrayList<>();
    Random random = new Random(31);
    for (RecordedEvent event : once) {
      log.add(event);
      for (int copy = random.nextInt(3); copy > 0; copy--) {
        log.add(event);
      }
    }

    // when
    log.forEach(fold::pipe);

    // then
    RunProjection expected = new RunProjection();
    for (int i = 0; i < once.size(); i++) {
      expected.apply(once.get(i), new AsOf(GENERATION, 0, i));
    }
    Map<String, String> latest = FoldDriver.latest(fold.views());
    RunView run = ContractJson.VIEWS.readValue(latest.get("" + Facts.runId(1)), RunView.class);
    assertThat(run.stats()).isEqualTo(requireNonNull(expected.run()).stats());
    assertThat(run.anomalies()).isZero();
    assertThat(latest).isEqualTo(SampleLogs.fold(log, GENERATION));
  }

  @Test
  void shouldQuarantineWhatCannotBeFoldedAndGoOn() {
    // given
    List<RecordedEvent> log = RandomRun.log(41, Facts.runId(1), 1);
    Random random = new Random(41);
    byte[] noise = new byte[300];
    random.nextBytes(noise);
    RecordedEvent orphan = new Facts("test").stamp(
      Facts.runId(99),
      new RunEvent.RunCancelRequested("who?")
    );

    // when
    fold.pipe(log.getFirst());
    fold.pipe(new TestRecord<>(noise, noise, new RecordHeaders()));
    fold.pipe(new TestRecord<>(null, null, headers("call-queued")));
    fold.pipe(new TestRecord<>(noise, noise, headers("call-queued")));
    fold.pipe(new TestRecord<>(noise, noise, headers("call-teleported")));
    fold.pipe(orphan);
    log.subList(1, log.size()).forEach(fold::pipe);

    // then
    List<TestRecord<byte[], byte[]>> bad = fold.quarantined();
    assertThat(bad).hasSize(5);
    assertThat(bad)
      .extracting(record -> FoldDriver.header(record, "source-offset"))
      .containsExactly("1", "2", "3", "4", "5");
    assertThat(bad).allSatisfy(record -> {
      assertThat(FoldDriver.header(record, "source-topic")).isEqualTo("acm2.events");
      assertThat(FoldDriver.header(record, "source-partition")).isEqualTo("0");
    });
    assertThat(bad.get(3).headers().lastHeader("type").value()).isEqualTo(bytes("call-teleported"));
    assertThat(FoldDriver.header(bad.get(3), "error")).contains("call-teleported");
    assertThat(FoldDriver.header(bad.get(4), "error")).contains("never requested");
    assertThat(bad.getFirst().value()).isEqualTo(noise);

    RunProjection expected = new RunProjection();
    expected.apply(log.getFirst(), new AsOf(GENERATION, 0, 0));
    for (int i = 1; i < log.size(); i++) {
      expected.apply(log.get(i), new AsOf(GENERATION, 0, i + 5L));
    }
    assertThat(FoldDriver.latest(fold.views()).get("" + Facts.runId(1))).isEqualTo(
      ContractJson.VIEWS.writeValueAsString(requireNonNull(expected.run()).withSpec(null))
    );
  }

  private static Headers headers(String type) {
    return EventRecords.toHeaders(Map.of("type", type, "schema-version", "1"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
