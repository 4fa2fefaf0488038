package dev.acm2.orchestrator;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.RunSpec.Pairwise;

/// Where the calls of each phase stand in a plan: phase after phase, inside a phase source by source.
/// Arithmetic only, so that any call is found by its index without looking at the others.
///
/// With S sources, M documents of a source, J judges, E iterations, C combining models,
/// K = min(topN, M) and O orders of presentation: GENERATION S*M, SINGLE_EVAL S*M*J*E,
/// PAIRWISE S*K(K-1)/2*E*J*O, COMBINE S*C, POST_COMBINE S*(2+C)(1+C)/2*E*J*O.
///
/// @param documents of each source that the generation phase asks for
/// @param slots documents of each source that are compared with each other, by rank; 0 for none
/// @param finalists documents of each source that are compared after the combination; 0 for none
record PhaseLayout(
  int sources,
  int documents,
  int judges,
  int iterations,
  int orders,
  int slots,
  int combiners,
  int finalists
) {
  /// Documents that are combined.
  static final int COMBINED = 2;

  static PhaseLayout of(RunSpec spec) {
    int sources = spec.documents().size();
    int documents = spec.generation().models().stream().mapToInt(Author::iterations).sum();
    Evaluation evaluation = spec.evaluation();
    if (evaluation == null) {
      return new PhaseLayout(sources, documents, 0, 0, 0, 0, 0, 0);
    }
    Pairwise pairwise = evaluation.pairwise();
    int combiners = spec.combine() == null ? 0 : spec.combine().models().size();
    return new PhaseLayout(
      sources,
      documents,
      evaluation.judges().size(),
      evaluation.iterations(),
      pairwise != null && pairwise.order() == Order.BOTH ? 2 : 1,
      pairwise == null ? 0 : Math.min(pairwise.topN(), documents),
      combiners,
      combiners == 0 ? 0 : COMBINED + combiners
    );
  }

  /// Calls that stand next to each other in the plan.
  record Span(int first, int count) {
    int end() {
      return first + count;
    }
  }

  /// A question to a judge.
  ///
  /// @param judge number of the judge in the specification, from 0
  /// @param iteration 1 or more
  record Question(int judge, int iteration) {}

  /// Two documents in the order in which they are shown.
  ///
  /// @param first slot, from 0
  /// @param second slot, from 0
  record Pair(int first, int second) {}

  int size() {
    return first(Phase.POST_COMBINE) + size(Phase.POST_COMBINE);
  }

  int size(Phase phase) {
    return sources * ofSource(phase);
  }

  int first(Phase phase) {
    int first = 0;
    for (Phase earlier : Phase.values()) {
      if (earlier.compareTo(phase) < 0) {
        first += size(earlier);
      }
    }
    return first;
  }

  Phase phase(int index) {
    for (Phase phase : Phase.values()) {
      if (index < first(phase) + size(phase)) {
        return phase;
      }
    }
    throw new IndexOutOfBoundsException(index);
  }

  int source(int index) {
    Phase phase = phase(index);
    return (index - first(phase)) / ofSource(phase);
  }

  Span ofSource(Phase phase, int source) {
    return new Span(first(phase) + source * ofSource(phase), ofSource(phase));
  }

  /// The calls that score a document.
  ///
  /// @param document index of the call that makes it
  Span scoresOf(int document) {
    return new Span(first(Phase.SINGLE_EVAL) + document * questions(), questions());
  }

  /// Index of the call that makes the document which a call of SINGLE_EVAL scores.
  int scored(int index) {
    return (index - first(Phase.SINGLE_EVAL)) / questions();
  }

  /// What a call of an evaluation phase asks; judges alternate, and with them lanes.
  Question question(int index) {
    int within = (index - first(phase(index))) % questions();
    return new Question(within % judges, within / judges + 1);
  }

  /// What a call of PAIRWISE or POST_COMBINE compares; with one order for each pair the better slot
  /// stands first.
  Pair pair(int index) {
    Pair ordered = pairAt(pairNumber(index), competitors(phase(index)));
    boolean turned = orderedPair(index) % orders == 1;
    return turned ? new Pair(ordered.second(), ordered.first()) : ordered;
  }

  /// Number of the pair among those of its source and phase, from 0.
  int pairNumber(int index) {
    return orderedPair(index) / orders;
  }

  private int orderedPair(int index) {
    Phase phase = phase(index);
    return ((index - first(phase)) % ofSource(phase)) / questions();
  }

  /// Number of the combining model that a call of COMBINE asks, from 0.
  int combiner(int index) {
    return (index - first(Phase.COMBINE)) % combiners;
  }

  private int ofSource(Phase phase) {
    return switch (phase) {
      case GENERATION -> documents;
      case SINGLE_EVAL -> documents * questions();
      case PAIRWISE, POST_COMBINE -> pairs(competitors(phase)) * orders * questions();
      case COMBINE -> combiners;
    };
  }

  private int competitors(Phase phase) {
    return phase == Phase.PAIRWISE ? slots : finalists;
  }

  private int questions() {
    return judges * iterations;
  }

  private static int pairs(int of) {
    return (of * (of - 1)) / 2;
  }

  /// Pairs in the order (0,1), (0,2), ... (1,2), ...
  private static Pair pairAt(int number, int of) {
    int first = 0;
    int left = number;
    while (left >= of - 1 - first) {
      left -= of - 1 - first;
      first++;
    }
    return new Pair(first, first + 1 + left);
  }
}
