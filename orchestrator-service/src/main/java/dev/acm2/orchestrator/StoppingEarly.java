package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.evaluation.Ask;
import dev.acm2.evaluation.EarlyStop;
import dev.acm2.orchestrator.PhaseLayout.Question;
import dev.acm2.orchestrator.PhaseLayout.Span;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Gives the comparisons of a source out in rounds, and ends them when the first place is settled.
record StoppingEarly(Standing standing, PhaseLayout layout) {
  boolean applies() {
    Evaluation evaluation = requireNonNull(standing.spec().evaluation());
    return evaluation.pairwise() != null && evaluation.pairwise().earlyStop();
  }

  /// The next round, or the end of the comparison. Every comparison given out has ended.
  ///
  /// @param openings gets what is opened
  SourceProgress round(SourceProgress source, int number, List<Opening> openings) {
    Map<Ask, Integer> asks = asks(source, layout.ofSource(Phase.PAIRWISE, number));
    Set<Integer> possible = Set.copyOf(asks.values());
    List<Ask> given = source
      .asked()
      .stream()
      .filter(possible::contains)
      .map(index -> ask(source, index))
      .toList();
    long seed = requireNonNull(standing.spec().evaluation()).seed();
    EarlyStop.Next next = EarlyStop.next(
      List.copyOf(asks.keySet()),
      given,
      standing.votes(source),
      seed
    );
    List<Integer> calls = next.asks().stream().map(asks::get).toList();
    if (calls.isEmpty()) {
      List<Integer> rest = rest(source, asks);
      rest.forEach(index -> openings.add(new Opening.Settled(new Span(index, 1))));
      return source.withoutAsking(rest);
    }
    calls.forEach(index -> openings.add(new Opening.Ready(new Span(index, 1))));
    return source.asking(calls);
  }

  private static List<Integer> rest(SourceProgress source, Map<Ask, Integer> asks) {
    List<Integer> rest = new ArrayList<>(asks.values());
    rest.removeAll(Set.copyOf(source.asked()));
    return rest;
  }

  private Map<Ask, Integer> asks(SourceProgress source, Span calls) {
    Map<Ask, Integer> asks = new LinkedHashMap<>();
    IntStream.range(calls.first(), calls.end())
      .filter(index -> standing.shown(source, index).size() == PhaseLayout.COMBINED)
      .forEach(index -> asks.put(ask(source, index), index));
    return asks;
  }

  private Ask ask(SourceProgress source, int index) {
    List<Candidate> shown = standing.shown(source, index);
    Question question = layout.question(index);
    return new Ask(
      shown.getFirst().callId(),
      shown.getLast().callId(),
      standing.judge(question).model(),
      question.iteration()
    );
  }
}
