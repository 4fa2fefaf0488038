package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Judge;
import dev.acm2.evaluation.Aggregation;
import dev.acm2.evaluation.BradleyTerry;
import dev.acm2.evaluation.ScoreSheet;
import dev.acm2.evaluation.Vote;
import dev.acm2.orchestrator.PhaseLayout.Question;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which documents of a source are ahead, by the answers that are there.
///
/// @param spec with an evaluation
record Standing(RunSpec spec, PhaseLayout layout) {
  private static final double MILLION = 1_000_000;

  /// The source with what a call gave.
  SourceProgress with(SourceProgress source, int index, CallSucceeded event) {
    return switch (event.result()) {
      case CallResult.Document document -> source.with(
        new Candidate(index, event.callId(), document.output())
      );
      case CallResult.Scores scores -> source.answered(index, share(index, event, scores));
      case CallResult.Preference preference -> source.answered(
        index,
        answer(source, index, preference.winner())
      );
    };
  }

  /// Where the verdict as a whole stands between the ends of its scale, in millionths.
  private long share(int index, CallSucceeded event, CallResult.Scores scores) {
    Question question = layout.question(index);
    ModelId judge = judge(question).model();
    ScoreSheet sheet = new ScoreSheet(event.callId(), judge, question.iteration(), scores.scores());
    Aggregation whole = Aggregation.of(
      evaluation().rubric(),
      List.of(event.callId()),
      List.of(sheet),
      1
    );
    Double share = whole.documents().getFirst().share();
    return share == null ? 0 : Math.round(share * MILLION);
  }

  private long answer(SourceProgress source, int index, @Nullable CallId winner) {
    if (winner == null) {
      return SourceProgress.TIE;
    }
    boolean first = shown(source, index).stream().findFirst().orElseThrow().callId().equals(winner);
    return first ? SourceProgress.FIRST : SourceProgress.SECOND;
  }

  /// The documents to compare: those that were chosen before, and while there is room the best scored
  /// others, the best first.
  List<Integer> best(SourceProgress source, int most) {
    Stream<Integer> others = source
      .documents()
      .stream()
      .filter(candidate -> layout.phase(candidate.index()) == Phase.GENERATION)
      .filter(candidate -> !source.slots().contains(candidate.index()))
      .sorted(
        Comparator.comparingDouble(
          (Candidate candidate) -> -score(source, candidate.index())
        ).thenComparing(Candidate::callId)
      )
      .map(Candidate::index);
    return Stream.concat(source.slots().stream(), others).limit(most).toList();
  }

  /// Mean score in millionths, -1 for a document without one, which is less than the worst.
  private double score(SourceProgress source, int document) {
    PhaseLayout.Span calls = layout.scoresOf(document);
    return source
      .answers()
      .subMap(calls.first(), calls.end())
      .values()
      .stream()
      .mapToLong(Long::longValue)
      .average()
      .orElse(-1);
  }

  /// The two to combine, the better one first: those that were chosen before; else by their strength in
  /// the comparison, of equals by score.
  List<Integer> finalists(SourceProgress source) {
    if (source.finalists().size() == PhaseLayout.COMBINED) {
      return source.finalists();
    }
    List<Candidate> compared = source
      .slots()
      .stream()
      .map(source::document)
      .flatMap(Optional::stream)
      .toList();
    Map<CallId, Double> strengths = BradleyTerry.fit(
      compared.stream().map(Candidate::callId).toList(),
      votes(source)
    );
    return compared
      .stream()
      .sorted(
        Comparator.comparingDouble(
          (Candidate candidate) ->
            -strengths.getOrDefault(candidate.callId(), Double.NEGATIVE_INFINITY)
        )
      )
      .limit(PhaseLayout.COMBINED)
      .map(Candidate::index)
      .toList();
  }

  /// What the judges of the first comparison have answered.
  List<Vote> votes(SourceProgress source) {
    int first = layout.first(Phase.PAIRWISE);
    List<Vote> votes = new ArrayList<>();
    source
      .answers()
      .subMap(first, first + layout.size(Phase.PAIRWISE))
      .forEach((index, answer) -> votes.add(vote(source, index, answer)));
    return votes;
  }

  private Vote vote(SourceProgress source, int index, long answer) {
    Question question = layout.question(index);
    List<Candidate> shown = shown(source, index);
    CallId first = shown.getFirst().callId();
    CallId second = shown.getLast().callId();
    CallId winner = answer == SourceProgress.FIRST ? first : second;
    return new Vote(
      first,
      second,
      answer == SourceProgress.TIE ? null : winner,
      judge(question).model(),
      question.iteration()
    );
  }

  /// The documents that a comparison is about, in the order in which it shows them; fewer than two when
  /// one does not exist.
  List<Candidate> shown(SourceProgress source, int index) {
    List<Integer> competitors = competitors(source, index);
    PhaseLayout.Pair pair = ordered(index);
    return IntStream.of(pair.first(), pair.second())
      .filter(slot -> slot < competitors.size())
      .mapToObj(slot -> source.document(competitors.get(slot)))
      .flatMap(Optional::stream)
      .toList();
  }

  private List<Integer> competitors(SourceProgress source, int index) {
    if (layout.phase(index) == Phase.PAIRWISE) {
      return source.slots();
    }
    PhaseLayout.Span combined = layout.ofSource(Phase.COMBINE, layout.source(index));
    List<Integer> all = new ArrayList<>(source.finalists());
    IntStream.range(combined.first(), combined.end()).forEach(all::add);
    return all;
  }

  /// With one order for each pair, the orders alternate along pairs, judges and iterations alike, so
  /// that every judge and every pair sees each order as often as the other; the seed decides with which
  /// one they begin.
  private PhaseLayout.Pair ordered(int index) {
    PhaseLayout.Pair pair = layout.pair(index);
    if (layout.orders() > 1) {
      return pair;
    }
    Question question = layout.question(index);
    long turn = evaluation().seed() + layout.pairNumber(index) + question.judge();
    boolean swapped = Math.floorMod(turn + question.iteration(), 2) == 1;
    return swapped ? new PhaseLayout.Pair(pair.second(), pair.first()) : pair;
  }

  Judge judge(Question question) {
    return evaluation().judges().get(question.judge());
  }

  private Evaluation evaluation() {
    return requireNonNull(spec.evaluation());
  }
}
