package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Progress.Seen;
import dev.acm2.gateway.Pulse.OfRun;
import dev.acm2.gateway.Pulse.What;
import dev.acm2.testkit.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What one look after the other says about how far the views are behind.
class ProgressTest {

  private static final RunId RUN = Facts.runId(1);
  private static final int PARTITION = RunLog.partitionOf(RUN);
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void shouldNotKnowBeforeTheFirstLook() {
    assertThat(of(Progress.UNKNOWN, 0)).isEqualTo(new OfRun(RUN, null, null));
  }

  @Test
  void shouldNotSayThatItStandsWhenNothingWaits() {
    Progress progress = look(look(Progress.UNKNOWN, 7, 0, 0), 7, 0, 60);

    assertThat(of(progress, 60)).isEqualTo(new OfRun(RUN, 0L, null));
  }

  @Test
  void shouldSaySinceWhenNothingMovesAlthoughEventsWait() {
    // given nothing waits for a long time, and then more and more
    Progress quiet = look(look(Progress.UNKNOWN, 7, 0, 0), 7, 0, 60);

    // when
    Progress standing = look(look(look(quiet, 7, 2, 61), 7, 2, 65), 7, 9, 73);

    // then
    assertThat(of(standing, 73)).isEqualTo(new OfRun(RUN, 9L, NOON.plusSeconds(61)));
  }

  @Test
  void shouldBeginAnewWhenItMoves() {
    Progress moved = look(look(look(Progress.UNKNOWN, 7, 2, 0), 7, 9, 10), 8, 8, 11);

    assertThat(of(moved, 11)).isEqualTo(new OfRun(RUN, 8L, NOON.plusSeconds(11)));
  }

  @Test
  void shouldKnowNothingOfALogThatDoesNotAnswer() {
    Progress silent = look(Progress.UNKNOWN, 7, 0, 0)
      .afterSilence("no broker", at(5))
      .afterSilence("still no broker", at(9));

    Pulse pulse = silent.pulse(List.of(RUN), at(12));
    assertThat(pulse.trouble()).isEqualTo(new Pulse.Trouble(What.LOG, at(5), "still no broker"));
    assertThat(pulse.runs()).containsExactly(new OfRun(RUN, null, null));
    assertThat(look(silent, 7, 0, 20).trouble()).isNull();
  }

  @Test
  void shouldSaySinceWhenTheFeedIsInTrouble() {
    Map<Integer, Seen> seen = Map.of(PARTITION, new Seen(7, 0));
    Progress progress = Progress.UNKNOWN.afterSilence("no broker", at(0))
      .after(seen, "broken off", at(3))
      .after(seen, "broken off", at(8));

    assertThat(progress.trouble()).isEqualTo(new Pulse.Trouble(What.FEED, at(3), "broken off"));
  }

  private static Progress look(Progress before, long position, long behind, int second) {
    return before.after(Map.of(PARTITION, new Seen(position, behind)), null, at(second));
  }

  private static OfRun of(Progress progress, int second) {
    return progress.pulse(List.of(RUN), at(second)).runs().getFirst();
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }
}
