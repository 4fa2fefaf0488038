package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Combine;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Judge;
import dev.acm2.orchestrator.PhaseLayout.Pair;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The calls that judge and combine. Their ids are known before what they work on: a comparison is named
/// by the ranks of its two documents.
///
/// @param generation calls of the generation phase by their index
record LaterCalls(
  RunId runId,
  RunSpec spec,
  PhaseLayout layout,
  IntFunction<PlannedCall> generation
) {
  /// @param shown the documents that the call works on, empty when they do not exist yet
  PlannedCall call(int index, List<Candidate> shown) {
    Phase phase = layout.phase(index);
    String document = source(index).name();
    boolean combines = phase == Phase.COMBINE;
    Author author = combines
      ? combine().models().get(layout.combiner(index))
      : author(evaluation().judges().get(layout.question(index).judge()));
    int iteration = combines ? 1 : layout.question(index).iteration();
    CallPlace place = new CallPlace(phase, document, author.model(), iteration, place(index));
    return new PlannedCall(
      index,
      CallId.of(runId, place),
      phase,
      document,
      author,
      iteration,
      subject(shown),
      prompt(phase, index, shown)
    );
  }

  private static Author author(Judge judge) {
    return new Author(judge.model(), 1, judge.maxOutputTokens(), Demand.OFF, judge.reasoning());
  }

  private @Nullable String place(int index) {
    return switch (layout.phase(index)) {
      case GENERATION, COMBINE -> null;
      case SINGLE_EVAL -> generation.apply(layout.scored(index)).callId().value();
      case PAIRWISE, POST_COMBINE -> {
        Pair pair = layout.pair(index);
        yield pair.first() + 1 + ":" + (pair.second() + 1);
      }
    };
  }

  private static @Nullable String subject(List<Candidate> shown) {
    return shown.isEmpty()
      ? null
      : shown
          .stream()
          .map(candidate -> candidate.callId().value())
          .collect(Collectors.joining(":"));
  }

  private Prompt prompt(Phase phase, int index, List<Candidate> shown) {
    List<ArtifactRef> inputs = new ArrayList<>();
    if (phase == Phase.COMBINE) {
      inputs.add(spec.instructions());
    }
    inputs.add(source(index).artifact());
    shown.forEach(candidate -> inputs.add(candidate.output()));
    return phase == Phase.COMBINE
      ? new Prompt(combine().instructions(), List.copyOf(inputs))
      : new Prompt(spec.instructions(), List.copyOf(inputs), evaluation().judging());
  }

  private RunSpec.Document source(int index) {
    return spec.documents().get(layout.source(index));
  }

  private Evaluation evaluation() {
    return requireNonNull(spec.evaluation());
  }

  private Combine combine() {
    return requireNonNull(spec.combine());
  }
}
