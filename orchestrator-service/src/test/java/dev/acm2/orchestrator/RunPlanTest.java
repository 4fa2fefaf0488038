package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RunSpec;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPlanTest {

  private static final String A = "openai:gpt-5";
  private static final String B = "openai:gpt-5-mini";

  @Test
  void shouldAlternateModelsAndFinishDocumentByDocument() {
    RunPlan plan = new RunPlan(Facts.runId(1), uneven());

    List<String> order = IntStream.range(0, plan.size())
      .mapToObj(plan::call)
      .map(c -> c.document() + " " + c.author().model().model() + " " + c.iteration())
      .toList();
    assertThat(order).containsExactly(
      "doc-1.md gpt-5 1",
      "doc-1.md gpt-5-mini 1",
      "doc-1.md gpt-5 2",
      "doc-2.md gpt-5 1",
      "doc-2.md gpt-5-mini 1",
      "doc-2.md gpt-5 2"
    );
  }

  @Test
  void shouldCountTheCallsOfEachModel() {
    assertThat(new RunPlan(Facts.runId(1), uneven()).planned()).containsExactly(
      new PlannedCalls(Phase.GENERATION, ModelId.parse(A), 4),
      new PlannedCalls(Phase.GENERATION, ModelId.parse(B), 2)
    );
  }

  @Test
  void shouldFindAndCountTheCallsOfAModelFromAnyPlace() {
    RunPlan plan = new RunPlan(Facts.runId(1), uneven());

    for (String text : List.of(A, B)) {
      ModelId model = ModelId.parse(text);
      for (int from = 0; from <= plan.size(); from++) {
        List<Integer> later = IntStream.range(from, plan.size())
          .filter(index -> plan.call(index).author().model().equals(model))
          .boxed()
          .toList();
        assertThat(plan.countOf(model, from)).isEqualTo(later.size());
        assertThat(plan.nextOf(model, from)).isEqualTo(
          later.isEmpty() ? plan.size() : later.getFirst()
        );
      }
    }
  }

  @Test
  void shouldGiveTheSameIdsForTheSameRunAndOthersForAnother() {
    RunSpec spec = Specs.run(2, 2, A, B);

    assertThat(ids(1, spec)).isEqualTo(ids(1, spec)).doesNotHaveDuplicates();
    assertThat(ids(2, spec)).doesNotContainAnyElementsOf(ids(1, spec));
  }

  private static List<String> ids(int run, RunSpec spec) {
    RunPlan plan = new RunPlan(Facts.runId(run), spec);
    return IntStream.range(0, plan.size())
      .mapToObj(i -> plan.call(i).callId().value())
      .toList();
  }

  private static RunSpec uneven() {
    RunSpec spec = Specs.run(2, 2, A, B);
    RunSpec.Author b = spec.generation().models().get(1);
    RunSpec.Author once = new RunSpec.Author(
      b.model(),
      1,
      b.maxOutputTokens(),
      b.grounding(),
      b.reasoning()
    );
    return new RunSpec(
      spec.name(),
      spec.documents(),
      spec.instructions(),
      new RunSpec.Generation(List.of(spec.generation().models().getFirst(), once)),
      spec.limits()
    );
  }
}
