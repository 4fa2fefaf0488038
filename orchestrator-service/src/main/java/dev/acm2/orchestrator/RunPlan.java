package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

  /// The model of a call, without the cost of the call itself.
  ModelId model(int index) {
    return rounds
      .get(index % rounds.size())
      .author()
      .model();
  }

  /// The first call of a model at an index or behind it, [#size()] when there is none.
  int nextOf(ModelId model, int from) {
    int end = Math.min(size(), from + rounds.size());
    for (int index = from; index < end; index++) {
      if (model(index).equals(model)) {
        return index;
      }
    }
    return size();
  }

  /// How many calls of a model there are at an index and behind it.
  int countOf(ModelId model, int from) {
    long ofADocument = rounds
      .stream()
      .filter(round -> round.author().model().equals(model))
      .count();
    int left = Math.max(0, size() - from);
    int whole = left / Math.max(1, rounds.size());
    long rest = IntStream.range(from, from + left - whole * rounds.size())
      .filter(index -> model(index).equals(model))
      .count();
    return Math.toIntExact(whole * ofADocument + rest);
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

  List<ModelId> models() {
    return spec.generation().models().stream().map(Author::model).toList();
  }
}
