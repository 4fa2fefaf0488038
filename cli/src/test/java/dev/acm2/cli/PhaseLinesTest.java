package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseLinesTest {

  private static final Map<String, Run.Stats> JUDGED = Map.of(
    "GENERATION",
    Samples.stats(12, 0, 0, 12, 0),
    "SINGLE_EVAL",
    Samples.stats(72, 58, 2, 12, 0),
    "PAIRWISE",
    Samples.stats(30, 5, 0, 24, 1),
    "COMBINE",
    Samples.stats(0, 0, 0, 0, 0),
    "POST_COMBINE",
    Samples.stats(6, 6, 0, 0, 0)
  );

  @Test
  void shouldSayNothingOfARunThatJudgesNothing() {
    assertThat(PhaseLines.of(Map.of("GENERATION", Samples.stats(4, 4, 0, 0, 0)))).isEmpty();
  }

  @Test
  void shouldCountThePhasesThatArePlannedInTheirOrder() {
    assertThat(PhaseLines.of(JUDGED)).containsExactly(
      "scores 12 of 72  comparisons 24 of 30 (1 failed)",
      "comparisons after combining 0 of 6"
    );
  }

  @Test
  void shouldBePartOfTheBlockAndOfTheLine() {
    Run run = Samples.run(Samples.stats(120, 69, 2, 48, 1), JUDGED);
    LiveRun live = new LiveRun();
    live.apply(new Frame.Snapshot(run, List.of()));

    List<String> block = ProgressBlock.render(live, Samples.T0, 80, null);

    assertThat(block).contains("scores 12 of 72  comparisons 24 of 30 (1 failed)");
    assertThat(ProgressBlock.line(run)).endsWith(
      "cost $0.0123  scores 12 of 72  comparisons 24 of 30 (1 failed)" +
        "  comparisons after combining 0 of 6"
    );
  }
}
