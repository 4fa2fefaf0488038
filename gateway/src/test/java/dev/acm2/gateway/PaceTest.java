package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is asked for, and how the stretches in which calls have ended become all of them.
class PaceTest {

  private static final RunId RUN = Facts.runId(1);

  private final PaceTally tally = new PaceTally(RUN, Facts.START, Facts.START.plusSeconds(48));

  @Test
  void shouldHaveNothingInAStretchOfWhichNothingIsKnown() {
    assertThat(tally.pace()).isEqualTo(
      new RunPace(RUN, Facts.START, Facts.START.plusSeconds(48), none(), none(), none())
    );
  }

  @Test
  void shouldPutCountsIntoTheirStretches() {
    // when
    tally.add(0, 1, 2, 3);
    tally.add(23, 4, 0, 0);

    // then
    RunPace pace = tally.pace();
    assertThat(pace.ok()).isEqualTo(with(0, 1, 23, 4));
    assertThat(pace.bad()).isEqualTo(with(0, 2, 23, 0));
    assertThat(pace.other()).isEqualTo(with(0, 3, 23, 0));
  }

  @Test
  void shouldRefuseStretchesThatThereAreNot() {
    assertThatThrownBy(() -> tally.add(24, 1, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() ->
      new RunPace(RUN, Facts.START, Facts.START, none(), none(), List.of(1))
    ).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeAsManyIdsAsAreAllowed() {
    assertThat(Ids.runs(List.of(RUN.toString()))).containsExactly(RUN);
    assertThat(Ids.runs(ids(100)))
      .hasSize(100)
      .startsWith(RUN);
  }

  @Test
  void shouldNameTheParameterThatIsWrong() {
    assertRefused(null, 422);
    assertRefused(List.of(), 422);
    assertRefused(ids(101), 422);
    assertRefused(List.of(RUN.toString(), "x"), 400);
  }

  private static void assertRefused(@Nullable List<String> ids, int status) {
    assertThatExceptionOfType(ProblemException.class)
      .isThrownBy(() -> Ids.runs(ids))
      .satisfies(e -> assertThat(e.problem().field()).isEqualTo("run"))
      .satisfies(e -> assertThat(e.problem().status()).isEqualTo(status));
  }

  private static List<String> ids(int count) {
    return IntStream.rangeClosed(1, count)
      .mapToObj(number -> Facts.runId(number).toString())
      .toList();
  }

  private static List<Integer> none() {
    return Collections.nCopies(24, 0);
  }

  private static List<Integer> with(int first, int firstCount, int second, int secondCount) {
    List<Integer> counts = new ArrayList<>(none());
    counts.set(first, firstCount);
    counts.set(second, secondCount);
    return counts;
  }
}
