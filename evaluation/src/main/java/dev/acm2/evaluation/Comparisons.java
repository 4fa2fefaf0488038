package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Votes between some documents as numbers: documents are counted in the order of their ids and
/// votes stand in their canonical order, so whatever is computed from them in sequence is the same
/// for the same set of votes. Votes that are not between two of the documents are left out.
record Comparisons(List<CallId> documents, List<Comparison> votes) {
  /// A vote in numbers.
  ///
  /// @param better the preferred document, or the first shown one of a tie
  record Comparison(int better, int worse, boolean tie) {
    boolean involves(int document) {
      return better == document || worse == document;
    }

    int otherThan(int document) {
      return better == document ? worse : better;
    }
  }

  static Comparisons of(Collection<CallId> documents, Collection<Vote> votes) {
    List<CallId> sorted = documents.stream().distinct().sorted().toList();
    Map<CallId, Integer> index = IntStream.range(0, sorted.size())
      .boxed()
      .collect(Collectors.toMap(sorted::get, i -> i));
    List<Comparison> numbered = votes
      .stream()
      .filter(vote -> index.containsKey(vote.first()) && index.containsKey(vote.second()))
      .sorted()
      .map(vote -> comparison(vote, index))
      .toList();
    return new Comparisons(sorted, numbered);
  }

  private static Comparison comparison(Vote vote, Map<CallId, Integer> index) {
    boolean secondWon = vote.second().equals(vote.winner());
    int first = index.getOrDefault(vote.first(), -1);
    int second = index.getOrDefault(vote.second(), -1);
    return new Comparison(
      secondWon ? second : first,
      secondWon ? first : second,
      vote.winner() == null
    );
  }

  int size() {
    return documents.size();
  }

  /// How often each document won against each other one; a tie is half a win for both.
  WinTable wins() {
    WinTable table = new WinTable(size());
    votes.forEach(table::add);
    return table;
  }
}
