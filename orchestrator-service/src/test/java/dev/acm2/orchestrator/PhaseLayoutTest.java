package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.orchestrator.PhaseLayout.Pair;
import dev.acm2.orchestrator.PhaseLayout.Span;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseLayoutTest {

  @ParameterizedTest
  @CsvSource({
    // S, iterations of three models, J, E, topN, C
    "4, 2, 3, 1, 4, 1",
    "1, 1, 1, 1, 2, 0",
    "3, 2, 2, 3, 10, 2",
    "2, 1, 2, 1, 0, 0",
  })
  void shouldPlanAsManyCallsAsTheFormulasSay(int s, int each, int j, int e, int topN, int c) {
    int m = 3 * each;
    int k = Math.min(topN, m);
    for (Order order : Order.values()) {
      int orders = order == Order.BOTH ? 2 : 1;

      PhaseLayout layout = PhaseLayout.of(EvaluatedSpecs.of(s, each, j, e, topN, order, c, false));

      assertThat(layout.size(Phase.GENERATION)).isEqualTo(s * m);
      assertThat(layout.size(Phase.SINGLE_EVAL)).isEqualTo(s * m * j * e);
      assertThat(layout.size(Phase.PAIRWISE)).isEqualTo(((s * k * (k - 1)) / 2) * e * j * orders);
      assertThat(layout.size(Phase.COMBINE)).isEqualTo(s * c);
      assertThat(layout.size(Phase.POST_COMBINE)).isEqualTo(
        c == 0 ? 0 : ((s * (2 + c) * (1 + c)) / 2) * e * j * orders
      );
    }
  }

  @Test
  void shouldFindThePlaceOfEveryCall() {
    PhaseLayout layout = PhaseLayout.of(EvaluatedSpecs.of(3, 2, 2, 2, 4, Order.BOTH, 2, false));
    Set<Object> places = new HashSet<>();

    for (int index = 0; index < layout.size(); index++) {
      Phase phase = layout.phase(index);
      int source = layout.source(index);
      Span span = layout.ofSource(phase, source);
      assertThat(index).isBetween(span.first(), span.end() - 1);
      places.add(
        switch (phase) {
          case GENERATION -> index;
          case SINGLE_EVAL -> phase + " " + layout.scored(index) + layout.question(index);
          case PAIRWISE, POST_COMBINE -> phase +
            " " +
            source +
            layout.pair(index) +
            layout.question(index);
          case COMBINE -> phase + " " + source + " " + layout.combiner(index);
        }
      );
    }

    assertThat(places).hasSize(layout.size());
  }

  @Test
  void shouldScoreEachDocumentInCallsOfItsOwnSource() {
    PhaseLayout layout = PhaseLayout.of(EvaluatedSpecs.of(3, 2, 2, 2, 4, Order.BOTH, 2, false));

    for (int document = 0; document < layout.size(Phase.GENERATION); document++) {
      Span calls = layout.scoresOf(document);
      int scored = document;
      assertThat(IntStream.range(calls.first(), calls.end())).allMatch(
        index -> layout.scored(index) == scored && layout.source(index) == layout.source(scored)
      );
    }
  }

  @Test
  void shouldShowEachPairInBothOrdersWhenBothAreAsked() {
    PhaseLayout layout = PhaseLayout.of(EvaluatedSpecs.of(1, 1, 1, 1, 3, Order.BOTH, 0, false));
    Span calls = layout.ofSource(Phase.PAIRWISE, 0);

    assertThat(IntStream.range(calls.first(), calls.end()).mapToObj(layout::pair)).containsExactly(
      new Pair(0, 1),
      new Pair(1, 0),
      new Pair(0, 2),
      new Pair(2, 0),
      new Pair(1, 2),
      new Pair(2, 1)
    );
  }
}
