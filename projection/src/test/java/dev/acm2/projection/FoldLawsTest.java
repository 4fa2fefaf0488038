package dev.acm2.projection;

import static dev.acm2.projection.Folded.RUN;
import static dev.acm2.projection.Folded.at;
import static dev.acm2.projection.Folded.fold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of the fold, each over many random runs.
class FoldLawsTest {

  static LongStream seeds() {
    return Folded.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotChangeByCopiesOfEvents(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      // given
      List<RecordedEvent> doubled = new ArrayList<>();
      Random random = new Random(seed);
      for (RecordedEvent recorded : log) {
        doubled.add(recorded);
        for (int copies = random.nextInt(3); copies > 0; copies--) {
          doubled.add(doubled.get(random.nextInt(doubled.size())));
        }
      }
      // when, then
      assertThat(withoutVersions(fold(doubled))).isEqualTo(withoutVersions(fold(log)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldGiveTheSameWhereverItIsStoppedAndResumed(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      // given
      RunProjection whole = fold(log);
      Random random = new Random(seed);
      // when
      RunView run = null;
      Map<CallId, CallView> calls = new HashMap<>();
      for (int offset = 0; offset < log.size(); offset++) {
        RecordedEvent recorded = log.get(offset);
        CallId id = recorded.event() instanceof CallEvent event ? event.callId() : null;
        CallView call = id == null ? null : calls.get(id);
        RunFold.Step step = RunFold.evolve(run, call, recorded, at(offset));
        boolean stored = random.nextInt(4) == 0;
        run = Objects.requireNonNull(step.run());
        run = stored ? throughJson(run, RunView.class) : run;
        if (run.deleted()) {
          calls.clear();
        } else if (id != null) {
          CallView after = Objects.requireNonNull(step.call());
          calls.put(id, stored ? throughJson(after, CallView.class) : after);
        }
      }
      // then
      assertThat(run).isEqualTo(whole.run());
      assertThat(calls.values()).containsExactlyInAnyOrderElementsOf(whole.calls());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldIgnoreWhatItAlreadyHas(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      // given
      RunProjection projection = fold(log);
      String digest = projection.digest();
      // when
      for (int offset = 0; offset < log.size(); offset++) {
        projection.apply(log.get(offset), at(offset));
      }
      // then
      assertThat(projection.digest()).isEqualTo(digest);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldKeepRunsApartHoweverTheyInterleave(long seed) {
    // given
    List<RecordedEvent> first = RandomRun.log(seed, Facts.runId(1), 2);
    List<RecordedEvent> second = RandomRun.log(seed + 1000, Facts.runId(2), 2);
    Map<RunId, RunProjection> projections = Map.of(
      Facts.runId(1),
      new RunProjection(),
      Facts.runId(2),
      new RunProjection()
    );
    // when
    for (RecordedEvent recorded : interleave(first, second, new Random(seed))) {
      RunProjection projection = Objects.requireNonNull(projections.get(recorded.runId()));
      long next = projection.run() == null ? 0 : projection.run().asOf().offset() + 1;
      projection.apply(recorded, at(next));
    }
    // then
    assertThat(Objects.requireNonNull(projections.get(Facts.runId(1))).digest()).isEqualTo(
      fold(first).digest()
    );
    assertThat(Objects.requireNonNull(projections.get(Facts.runId(2))).digest()).isEqualTo(
      fold(second).digest()
    );
  }

  private static List<RecordedEvent> interleave(
    List<RecordedEvent> first,
    List<RecordedEvent> second,
    Random random
  ) {
    List<RecordedEvent> all = new ArrayList<>();
    int a = 0;
    int b = 0;
    while (a < first.size() || b < second.size()) {
      boolean takeFirst = b == second.size() || (a < first.size() && random.nextBoolean());
      all.add(takeFirst ? first.get(a++) : second.get(b++));
    }
    return all;
  }

  private static List<String> withoutVersions(RunProjection projection) {
    List<String> views = new ArrayList<>();
    views.add(plain(Objects.requireNonNull(projection.run())));
    projection.calls().forEach(call -> views.add(plain(call)));
    return views;
  }

  private static String plain(Record view) {
    return ContractJson.VIEWS.writeValueAsString(view).replaceAll(
      "\"(version|offset)\":\\d+",
      "\"$1\":0"
    );
  }

  private static <T> T throughJson(T view, Class<T> type) {
    return ContractJson.VIEWS.readValue(ContractJson.VIEWS.writeValueAsBytes(view), type);
  }
}
