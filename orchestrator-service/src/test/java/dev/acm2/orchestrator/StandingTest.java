package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.orchestrator.PhaseLayout.Question;
import dev.acm2.orchestrator.PhaseLayout.Span;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import dev.acm2.testkit.Facts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

  /// Documents that are compared, judges and iterations.
  @ParameterizedTest
  @CsvSource({ "2, 2, 1", "3, 1, 2", "4, 3, 1", "4, 2, 3", "6, 3, 2" })
  void shouldShowEachOrderAsOftenAsTheOtherToEveryJudgeAndOfEveryPair(
    int topN,
    int judges,
    int iterations
  ) {
    // given
    PhaseLayout layout = PhaseLayout.of(
      EvaluatedSpecs.of(1, 2, judges, iterations, topN, Order.BALANCED, 0, false)
    );
    Standing standing = new Standing(
      EvaluatedSpecs.of(1, 2, judges, iterations, topN, Order.BALANCED, 0, false),
      layout
    );
    SourceProgress source = written(layout).comparing(IntStream.range(0, topN).boxed().toList());
    // when
    Map<String, Integer> leaning = new TreeMap<>();
    Span calls = layout.ofSource(Phase.PAIRWISE, 0);
    for (int index = calls.first(); index < calls.end(); index++) {
      List<Candidate> shown = standing.shown(source, index);
      Question question = layout.question(index);
      int turn = shown.getFirst().index() < shown.getLast().index() ? 1 : -1;
      leaning.merge("judge " + question.judge(), turn, Integer::sum);
      leaning.merge("pair " + layout.pairNumber(index), turn, Integer::sum);
      leaning.merge("all", turn, Integer::sum);
    }
    // then
    assertThat(leaning.values()).allMatch(difference -> Math.abs(difference) <= 1);
  }

  private static SourceProgress written(PhaseLayout layout) {
    SourceProgress source = SourceProgress.fresh(layout);
    for (int index = 0; index < layout.size(Phase.GENERATION); index++) {
      CallId callId = CallId.of(
        Facts.runId(1),
        CallPlace.generation("doc-" + index, ModelId.parse("openai:any"), 1)
      );
      source = source.with(new Candidate(index, callId, EvaluatedSpecs.text("doc " + index)));
    }
    return source;
  }
}
