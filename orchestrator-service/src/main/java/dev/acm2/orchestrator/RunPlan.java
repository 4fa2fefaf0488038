package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The calls that a specification asks for, in their order: document by document; of a document the
/// first iteration of every model, then the second one. So models, and with them lanes, alternate.
///
/// The same run and specification give the same calls with the same ids. Any call is found by its index
/// without looking at the others.
final class RunPlan {

  private final RunId runId;
  private final RunSpec spec;
  private final List<Round> rounds;

  private record Round(Author author, int iteration) {}

  RunPlan(RunId runId, RunSpec spec) {
    this.runId = runId;
    this.spec = spec;
    this.rounds = rounds(spec.generation().models());
  }

  private static List<Round> rounds(List<Author> authors) {
    int most = authors.stream().mapToInt(Author::iterations).max().orElse(0);
    List<Round> rounds = new ArrayList<>();
    for (int iteration = 1; iteration <= most; iteration++) {
      for (Author author : authors) {
        if (iteration <= author.iterations()) {
          rounds.add(new Round(author, iteration));
        }
      }
    }
    return rounds;
  }

  RunSpec spec() {
    return spec;
  }

  int size() {
    return spec.documents().size() * rounds.size();
  }

  /// @param index 0 to [#size()] - 1
  PlannedCall call(int index) {
    RunSpec.Document document = spec.documents().get(index / rounds.size());
    Round round = rounds.get(index % rounds.size());
    CallPlace place = CallPlace.generation(
      document.name(),
      round.author().model(),
      round.iteration()
    );
    return new PlannedCall(
      index,
      CallId.of(runId, place),
      Phase.GENERATION,
      document.name(),
      round.author(),
      round.iteration(),
      new Prompt(spec.instructions(), List.of(document.artifact()))
    );
  }

  /// How many calls each model gets, in the order of the specification.
  List<PlannedCalls> planned() {
    return spec
      .generation()
      .models()
      .stream()
      .map(author ->
        new PlannedCalls(
          Phase.GENERATION,
          author.model(),
          author.iterations() * spec.documents().size()
        )
      )
      .toList();
  }

  /// Every lane that a call of the plan goes through.
  List<String> lanes() {
    TreeSet<String> lanes = new TreeSet<>();
    spec
      .generation()
      .models()
      .forEach(author -> lanes.add(author.model().provider()));
    return List.copyOf(lanes);
  }
}
