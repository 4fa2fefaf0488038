package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.evaluation.PositionBias;
import dev.acm2.evaluation.Ranking;
import dev.acm2.evaluation.Vote;
import dev.acm2.projection.SourceView.Ballot;
import dev.acm2.projection.SourceView.Comparison;
import dev.acm2.projection.SourceView.Questions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The comparisons between documents of one source.
///
/// @param calls about the source
/// @param there the documents that exist: a vote about one that is gone decides nothing
record SourceVotes(RunSpec spec, List<CallView> calls, Set<CallId> there) {
  /// Null when no comparison of the phase has been planned yet.
  ///
  /// @param preferred documents, those first that are preferred in a draw
  @Nullable
  Comparison of(Phase phase, List<CallId> preferred) {
    RunSpec.Evaluation evaluation = spec.evaluation();
    List<CallView> judging = calls
      .stream()
      .filter(call -> call.phase() == phase)
      .toList();
    if (evaluation == null || judging.isEmpty()) {
      return null;
    }
    List<Ballot> ballots = judging
      .stream()
      .flatMap(this::ballot)
      .sorted(Comparator.comparing(SourceVotes::vote).thenComparing(Ballot::callId))
      .toList();
    List<Vote> votes = ballots.stream().map(SourceVotes::vote).toList();
    return new Comparison(
      questions(judging, ballots.size()),
      Ranking.of(compared(judging, preferred), votes, evaluation.seed()),
      ballots,
      PositionBias.of(votes)
    );
  }

  /// Whatever is or was to be compared, also before the first vote.
  private List<CallId> compared(List<CallView> judging, List<CallId> preferred) {
    Set<CallId> compared = new TreeSet<>();
    judging.forEach(call -> compared.addAll(Subjects.of(call)));
    compared.retainAll(there);
    return Stream.concat(preferred.stream().filter(compared::contains), compared.stream())
      .distinct()
      .toList();
  }

  private Stream<Ballot> ballot(CallView call) {
    List<CallId> pair = Subjects.of(call);
    ModelId judge = call.model();
    if (
      !(call.result() instanceof CallResult.Preference(CallId winner, String reason)) ||
      judge == null ||
      pair.size() != 2 ||
      !there.containsAll(pair) ||
      pair.getFirst().equals(pair.getLast()) ||
      (winner != null && !pair.contains(winner))
    ) {
      return Stream.of();
    }
    return Stream.of(
      new Ballot(
        call.callId(),
        judge,
        call.iteration(),
        pair.getFirst(),
        pair.getLast(),
        winner,
        reason
      )
    );
  }

  private static Vote vote(Ballot ballot) {
    return new Vote(
      ballot.first(),
      ballot.second(),
      ballot.winner(),
      ballot.judge(),
      ballot.iteration()
    );
  }

  private static Questions questions(List<CallView> judging, int answered) {
    int open = count(judging.stream().filter(call -> !call.state().ended()));
    int settled = count(judging.stream().filter(SourceVotes::isSettled));
    return new Questions(
      open,
      answered,
      judging.size() - open - answered - settled,
      settled,
      judging.stream().map(CallView::savedUsd).reduce(Usd.ZERO, Usd::plus)
    );
  }

  private static boolean isSettled(CallView call) {
    return (
      call.state() == CallState.SKIPPED &&
      call.lastError() != null &&
      call.lastError().kind().equals(Reason.SETTLED.name())
    );
  }

  private static int count(Stream<CallView> calls) {
    return (int) calls.count();
  }
}
