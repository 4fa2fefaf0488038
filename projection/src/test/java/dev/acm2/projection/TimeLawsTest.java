package dev.acm2.projection;

import static dev.acm2.projection.Folded.fold;
import static dev.acm2.projection.Folded.foldAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.projection.CallView.Epoch;
import dev.acm2.projection.CallView.EpochEnd;
import dev.acm2.projection.EpochTimes.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of the times of epochs and of runs, at every version of many random runs.
class TimeLawsTest {

  static LongStream seeds() {
    return Folded.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldTellTheTimesOfEveryEpoch(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      EpochTimes expected = new EpochTimes();
      fold(log, change -> {
        expected.hear(change.recorded());
        CallView call = change.callAfter();
        if (call != null) {
          List<Times> told = new ArrayList<>(call.earlier().stream().map(Times::of).toList());
          told.add(Times.of(call));
          assertThat(told).as("after %s", change.recorded()).isEqualTo(expected.of(call.callId()));
        }
      });
    }
  }

  /// The other collections of a call tell of the same epochs.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldTellTheEndOfEveryEpoch(long seed) {
    foldAll(seed, change ->
      assertThat(change.all().calls()).allSatisfy(call -> {
        Set<EpochEnd> broken = EnumSet.of(EpochEnd.LOST, EpochEnd.HANDED_BACK);
        assertThat(call.earlier())
          .filteredOn(epoch -> !broken.contains(epoch.end()))
          .extracting(Epoch::epoch)
          .containsExactlyElementsOf(call.earlierEnds().keySet());
        assertThat(call.earlier())
          .filteredOn(epoch -> epoch.end() == EpochEnd.OK)
          .extracting(Epoch::epoch)
          .containsExactlyElementsOf(call.replacedEpochs());
        assertThat(call.earlier()).allMatch(epoch -> epoch.epoch() < call.epoch());
      })
    );
  }

  /// The law of the epochs would say nothing of what no random run contains.
  @Test
  void shouldHaveSeenEveryEndOfAnEpoch() {
    Set<EpochEnd> seen = EnumSet.noneOf(EpochEnd.class);
    seeds().forEach(seed ->
      foldAll(seed, change ->
        change
          .all()
          .calls()
          .forEach(call -> call.earlier().forEach(epoch -> seen.add(epoch.end())))
      )
    );

    assertThat(seen).containsExactlyInAnyOrder(EpochEnd.values());
  }

  /// Clocks differ, and events reach the log in another order than that of their times.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldKeepTheTimeOfTheNewestEvent(long seed) {
    Random random = new Random(seed);
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      List<RecordedEvent> shifted = log
        .stream()
        .map(recorded -> at(recorded, random.nextInt(-5000, 5000)))
        .toList();
      TreeMap<Instant, Long> heard = new TreeMap<>();
      fold(shifted, change -> {
        boolean gone = change.before() != null && change.before().deleted();
        if (!gone) {
          heard.merge(change.recorded().meta().occurredAt(), 1L, Long::sum);
        }
        assertThat(change.after().lastEventAt()).isEqualTo(heard.lastKey());
      });
    }
  }

  private static RecordedEvent at(RecordedEvent recorded, int shiftMs) {
    EventMeta meta = recorded.meta();
    Instant when = meta.occurredAt().plusMillis(shiftMs);
    EventMeta moved = new EventMeta(meta.eventId(), when, meta.producer(), meta.traceparent());
    return new RecordedEvent(recorded.runId(), moved, recorded.event());
  }
}
