package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatingTest {

  private static final int RUNS = 60;

  @Test
  void shouldOpenEveryCallOnceWhateverFailsAndInWhateverOrderCallsEnd() {
    for (long seed = 0; seed < RUNS; seed++) {
      World world = new World(spec(seed % 2 == 0, seed % 3 == 0), seed, (seed % 4) * 0.2);

      world.play();

      PhaseLayout layout = world.layout;
      assertThat(world.opened).as("seed %d", seed).hasSize(layout.size());
      assertThat(world.opened.values()).as("seed %d", seed).containsOnly(1);
      for (Phase phase : Phase.values()) {
        assertThat(world.source.left(phase)).isZero();
      }
    }
  }

  @Test
  void shouldComeToTheSameResultInAnyOrder() {
    World first = new World(spec(true, false), 1, 0);
    first.play();
    for (long seed = 2; seed < RUNS; seed++) {
      World other = new World(spec(true, false), seed, 0);

      other.play();

      assertThat(other.source).isEqualTo(first.source);
    }
  }

  @Test
  void shouldCombineTheTwoBestDocuments() {
    World world = new World(spec(true, false), 1, 0);

    world.play();

    assertThat(world.source.finalists()).containsExactly(
      world.source.slots().get(0),
      world.source.slots().get(1)
    );
    assertThat(world.quality(world.source.slots().get(0))).isEqualTo(2);
  }

  @Test
  void shouldAskLessWhenTheFirstPlaceIsSettled() {
    World world = new World(EvaluatedSpecs.of(1, 2, 3, 3, 6, Order.BOTH, 0, true), 1, 0);

    world.play();

    assertThat(world.settled).isGreaterThan((world.layout.size(Phase.PAIRWISE) * 3) / 10);
    assertThat(world.quality(world.source.finalists().getFirst())).isEqualTo(2);
  }

  private static RunSpec spec(boolean both, boolean early) {
    return EvaluatedSpecs.of(1, 2, 2, 2, 4, both ? Order.BOTH : Order.BALANCED, 2, early);
  }

  /// One source whose calls end in a random order; the later an author stands in the specification, the
  /// better it writes.
  private static final class World {

    final PhaseLayout layout;
    final SortedMap<Integer, Integer> opened = new TreeMap<>();
    SourceProgress source;
    int settled;

    private final Evaluating evaluating;
    private final Random random;
    private final double failures;
    private final List<Integer> running = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();

    World(RunSpec spec, long seed, double failures) {
      this.layout = PhaseLayout.of(spec);
      this.source = SourceProgress.fresh(layout);
      this.evaluating = Evaluating.of(spec, layout);
      this.random = new Random(seed);
      this.failures = failures;
      IntStream.range(0, layout.size(Phase.GENERATION)).forEach(this::open);
    }

    void play() {
      while (!running.isEmpty() || !skipped.isEmpty()) {
        boolean skip = running.isEmpty() || (!skipped.isEmpty() && random.nextBoolean());
        List<Integer> from = skip ? skipped : running;
        int index = from.remove(random.nextInt(from.size()));
        boolean fails = skip || random.nextDouble() < failures;
        hear(evaluating.ended(source, index, fails ? failed(index) : succeeded(index)));
      }
    }

    private void hear(Evaluating.Step step) {
      source = step.source();
      for (Opening opening : step.openings()) {
        IntStream calls = IntStream.range(opening.calls().first(), opening.calls().end());
        switch (opening) {
          case Opening.Ready _ -> calls.forEach(this::open);
          case Opening.Vain _ -> calls.forEach(this::skip);
          case Opening.Again _ -> throw new AssertionError("nothing was asked for again");
          case Opening.Settled _ -> calls.peek(_ -> settled++).forEach(this::skip);
        }
      }
    }

    private void open(int index) {
      opened.merge(index, 1, Integer::sum);
      running.add(index);
    }

    private void skip(int index) {
      opened.merge(index, 1, Integer::sum);
      skipped.add(index);
    }

    int quality(int document) {
      return layout.phase(document) == Phase.COMBINE ? 3 : document % 3;
    }

    private CallEnded failed(int index) {
      return new CallFailed(
        id(index),
        1,
        1,
        FailureKind.SERVER_ERROR,
        500,
        "broke",
        Spend.NONE,
        List.of(),
        null
      );
    }

    private CallEnded succeeded(int index) {
      return new CallSucceeded(
        id(index),
        1,
        1,
        result(index),
        Spend.NONE,
        Evidence.NONE,
        new Timings(Duration.ofMillis(1), Duration.ofMillis(2)),
        List.of()
      );
    }

    private CallResult result(int index) {
      return switch (layout.phase(index)) {
        case GENERATION, COMBINE -> new CallResult.Document(
          EvaluatedSpecs.text("doc " + index),
          "doc"
        );
        case SINGLE_EVAL -> scores(quality(layout.scored(index)));
        case PAIRWISE, POST_COMBINE -> preference(evaluating.shown(source, index));
      };
    }

    private static CallResult scores(int quality) {
      return new CallResult.Scores(
        List.of(new Score("accuracy", 2 + quality, "so"), new Score("style", 3, "so"))
      );
    }

    private CallResult preference(List<Candidate> shown) {
      int first = quality(shown.getFirst().index());
      int second = quality(shown.getLast().index());
      return new CallResult.Preference(
        first == second ? null : shown.get(first > second ? 0 : 1).callId(),
        "so"
      );
    }

    private static CallId id(int index) {
      return CallId.of(
        Facts.runId(1),
        CallPlace.generation("doc-" + index, ModelId.parse("openai:any"), 1)
      );
    }
  }
}
