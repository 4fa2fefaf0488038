package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The documents of a source by how they did in comparisons.
///
/// Order: by Bradley-Terry strength; equal strengths (to nine decimals) by win rate, then in the
/// order in which the documents were given; documents without a vote last. So it depends on
/// nothing but the set of votes and that order.
///
/// @param rows the best first
/// @param netWins head to head: wins of the document of the row against that of the column, less
///     its losses; rows and columns in the order of [#rows]
/// @param votesToFlip how many votes hold the first place, see [BradleyTerry#votesToFlipFirst];
///     null where no number of votes would change it, or without a vote
public record Ranking(List<Row> rows, List<List<Integer>> netWins, @Nullable Integer votesToFlip) {
  /// @param rank 1 or more
  /// @param winRate wins and half the ties among all votes, 0 to 1; null without a vote
  /// @param elo after the votes in their natural order
  /// @param bradleyTerry strength on the scale of Elo (1000 for the average); null without a vote
  /// @param low lower bound of its 95 % interval; null without a vote
  /// @param high upper bound of its 95 % interval; null without a vote
  public record Row(
    int rank,
    CallId document,
    int wins,
    int losses,
    int ties,
    @Nullable Double winRate,
    double elo,
    @Nullable Double bradleyTerry,
    @Nullable Double low,
    @Nullable Double high
  ) {
    public int votes() {
      return wins + losses + ties;
    }
  }

  private static final Comparator<Double> GREATEST_FIRST = Comparator.nullsLast(
    Comparator.reverseOrder()
  );

  private static final Comparator<Row> BEST_FIRST = Comparator.comparing(
    Row::bradleyTerry,
    GREATEST_FIRST
  ).thenComparing(Row::winRate, GREATEST_FIRST);

  /// @param documents what is ranked, the one that is preferred in a draw first; votes about others
  ///     are left out
  /// @param seed of the intervals
  public static Ranking of(List<CallId> documents, Collection<Vote> votes, long seed) {
    List<CallId> distinct = documents.stream().distinct().toList();
    Tally tally = Tally.of(distinct, votes);
    List<Row> rows = ranked(rows(distinct, votes, tally, seed));
    OptionalInt flips = BradleyTerry.votesToFlipFirst(distinct, votes);
    return new Ranking(
      rows,
      rows
        .stream()
        .map(row -> netWins(row, rows, tally))
        .toList(),
      flips.isPresent() ? flips.getAsInt() : null
    );
  }

  private static List<Row> rows(
    List<CallId> documents,
    Collection<Vote> votes,
    Tally tally,
    long seed
  ) {
    SortedMap<CallId, Double> elo = Elo.canonical(documents, votes);
    Map<CallId, BradleyTerry.Strength> strengths = BradleyTerry.withIntervals(
      documents,
      votes,
      seed
    );
    return documents
      .stream()
      .map(document ->
        row(document, tally, elo.getOrDefault(document, Elo.START), strengths.get(document))
      )
      .sorted(BEST_FIRST)
      .toList();
  }

  private static Row row(
    CallId document,
    Tally tally,
    double elo,
    BradleyTerry.@Nullable Strength strength
  ) {
    return new Row(
      0,
      document,
      tally.wins(document),
      tally.losses(document),
      tally.ties(document),
      tally.winRate(document),
      Precision.of(elo),
      strength == null ? null : strength.rating(),
      strength == null ? null : strength.lowRating(),
      strength == null ? null : strength.highRating()
    );
  }

  private static List<Row> ranked(List<Row> rows) {
    return IntStream.range(0, rows.size())
      .mapToObj(i -> ranked(i + 1, rows.get(i)))
      .toList();
  }

  private static Row ranked(int rank, Row row) {
    return new Row(
      rank,
      row.document,
      row.wins,
      row.losses,
      row.ties,
      row.winRate,
      row.elo,
      row.bradleyTerry,
      row.low,
      row.high
    );
  }

  private static List<Integer> netWins(Row row, List<Row> columns, Tally tally) {
    return columns
      .stream()
      .map(column -> tally.netWins(row.document, column.document))
      .toList();
  }
}
