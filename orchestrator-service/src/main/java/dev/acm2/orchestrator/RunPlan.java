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
import dev.acm2.contract.RunSpec.Judge;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The calls that a specification asks for, in their order: phase by phase as in [PhaseLayout]; the
/// generation phase document by document; of a document the
/// first iteration of every model, then the second one. So models, and with them lanes, alternate.
///
/// The same run and specification give the same calls with the same ids. Any call is found by its index
/// without looking at the others.
final class RunPlan {

  private final RunId runId;
  private final RunSpec spec;
  private final List<Round> rounds;
  private final PhaseLayout layout;
  private final @Nullable Evaluating evaluating;
  private final @Nullable ReusedDocuments reused;
  private @Nullable CallIndex ids;

  private record Round(Author author, int iteration) {}

  RunPlan(RunId runId, RunSpec spec) {
    this.runId = runId;
    this.spec = spec;
    this.rounds = rounds(spec.generation().models());
    this.layout = PhaseLayout.of(spec);
    this.evaluating = spec.evaluation() == null ? null : Evaluating.of(spec, layout);
    this.reused = spec.reuse() == null ? null : ReusedDocuments.of(spec.reuse());
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

  /// Calls of all phases.
  int total() {
    return layout.size();
  }

  /// Calls of the generation phase, which stand before all others.
  int size() {
    return spec.documents().size() * rounds.size();
  }

  PhaseLayout layout() {
    return layout;
  }

  /// The rules of the later phases, null when nothing is judged.
  @Nullable
  Evaluating evaluating() {
    return evaluating;
  }

  /// What is taken over in place of the generation phase, null when that phase writes.
  @Nullable
  ReusedDocuments reused() {
    return reused;
  }

  /// A call by what is known of it before anything was written: a call of a later phase lacks the
  /// documents that it works on.
  ///
  /// @param index 0 to [#total()] - 1
  PlannedCall call(int index) {
    return call(index, List.of());
  }

  /// @param shown the documents that a call of a later phase works on, as [Evaluating#shown] says
  PlannedCall call(int index, List<Candidate> shown) {
    return index < size()
      ? generation(index)
      : new LaterCalls(runId, spec, layout, this::generation).call(index, shown);
  }

  private PlannedCall generation(int index) {
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
      null,
      new Prompt(spec.instructions(), List.of(document.artifact()))
    );
  }

  /// Where a call stands, empty for an id that is not of this plan. The first question is answered after
  /// a look at all calls, the others are not.
  OptionalInt indexOf(CallId callId) {
    if (ids == null) {
      ids = new CallIndex(total(), index -> call(index).callId());
    }
    return ids.find(callId);
  }

  /// The model of a call, without the cost of the call itself.
  ModelId model(int index) {
    return index < size() ? author(index) : call(index).author().model();
  }

  private ModelId author(int index) {
    return rounds
      .get(index % rounds.size())
      .author()
      .model();
  }

  /// The first call of the generation phase to a model at an index or behind it, [#size()] when there is
  /// none.
  int nextOf(ModelId model, int from) {
    int end = Math.min(size(), from + rounds.size());
    for (int index = from; index < end; index++) {
      if (author(index).equals(model)) {
        return index;
      }
    }
    return size();
  }

  /// How many calls of the generation phase to a model there are at an index and behind it.
  int countOf(ModelId model, int from) {
    long ofADocument = rounds
      .stream()
      .filter(round -> round.author().model().equals(model))
      .count();
    int left = Math.max(0, size() - from);
    int whole = left / Math.max(1, rounds.size());
    long rest = IntStream.range(from, from + left - whole * rounds.size())
      .filter(index -> author(index).equals(model))
      .count();
    return Math.toIntExact(whole * ofADocument + rest);
  }

  /// How many calls each model gets in each phase, in the order of the phases and the specification.
  List<PlannedCalls> planned() {
    List<PlannedCalls> planned = new ArrayList<>();
    int sources = spec.documents().size();
    spec
      .generation()
      .models()
      .forEach(author ->
        planned.add(
          new PlannedCalls(Phase.GENERATION, author.model(), author.iterations() * sources)
        )
      );
    for (Phase phase : List.of(Phase.SINGLE_EVAL, Phase.PAIRWISE)) {
      addJudges(planned, phase);
    }
    if (spec.combine() != null) {
      spec
        .combine()
        .models()
        .forEach(author -> planned.add(new PlannedCalls(Phase.COMBINE, author.model(), sources)));
    }
    addJudges(planned, Phase.POST_COMBINE);
    return planned;
  }

  private void addJudges(List<PlannedCalls> planned, Phase phase) {
    if (layout.size(phase) > 0) {
      int each = layout.size(phase) / layout.judges();
      judges().forEach(judge -> planned.add(new PlannedCalls(phase, judge.model(), each)));
    }
  }

  private List<Judge> judges() {
    return spec.evaluation() == null ? List.of() : spec.evaluation().judges();
  }

  /// Every model that the run asks, each once.
  List<ModelId> models() {
    Stream<ModelId> combiners =
      spec.combine() == null ? Stream.empty() : spec.combine().models().stream().map(Author::model);
    return Stream.of(
      spec.generation().models().stream().map(Author::model),
      judges().stream().map(Judge::model),
      combiners
    )
      .flatMap(models -> models)
      .distinct()
      .toList();
  }
}
