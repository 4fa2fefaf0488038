package dev.acm2.evaluation;

import dev.acm2.contract.ModelId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much a judge leans to the document that it was shown first. Meaningful where each pair was
/// shown in both orders, or orders were balanced.
///
/// @param decided votes with a winner
/// @param firstWon those of them that the first shown document won
/// @param ties votes without a winner, which say nothing here
/// @param bias share of first wins among the decided votes, less one half: -0.5 to 0.5; null
///     without a decided vote
public record PositionBias(
  ModelId judge,
  int decided,
  int firstWon,
  int ties,
  @Nullable Double bias
) {
  /// One entry for each judge, in the order of their names.
  public static List<PositionBias> of(Collection<Vote> votes) {
    Map<ModelId, List<Vote>> byJudge = votes
      .stream()
      .collect(Collectors.groupingBy(Vote::judge, TreeMap::new, Collectors.toList()));
    return byJudge
      .entrySet()
      .stream()
      .map(entry -> of(entry.getKey(), entry.getValue()))
      .toList();
  }

  private static PositionBias of(ModelId judge, List<Vote> votes) {
    int ties = (int) votes
      .stream()
      .filter(vote -> vote.winner() == null)
      .count();
    int first = (int) votes
      .stream()
      .filter(vote -> vote.first().equals(vote.winner()))
      .count();
    int decided = votes.size() - ties;
    Double bias = decided == 0 ? null : Precision.of((double) first / decided - 0.5);
    return new PositionBias(judge, decided, first, ties, bias);
  }
}
