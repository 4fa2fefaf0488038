package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The document of a source that is kept.
///
/// @param by what decided
/// @param reason the decision in words and numbers, for people; names no document
public record Winner(CallId document, By by, String reason) {
  /// What decides, the strongest first.
  public enum By {
    POST_COMBINE,
    PAIRWISE,
    SCORE,
  }

  private static final int PERCENT = 100;

  /// The first of the comparison after combining, else the first of the comparison before it, else
  /// the best scored document; null when nothing of this exists. A ranking without a vote does not
  /// exist.
  ///
  /// @param scored the best first, as in [Aggregation]
  public static @Nullable Winner of(
    @Nullable Ranking postCombine,
    @Nullable Ranking pairwise,
    List<DocumentScore> scored
  ) {
    if (postCombine != null && hasVotes(postCombine)) {
      return first(postCombine, By.POST_COMBINE, "after combining");
    }
    if (pairwise != null && hasVotes(pairwise)) {
      return first(pairwise, By.PAIRWISE, "in the comparison");
    }
    return best(scored);
  }

  private static boolean hasVotes(Ranking ranking) {
    return !ranking.rows().isEmpty() && ranking.rows().getFirst().votes() > 0;
  }

  private static Winner first(Ranking ranking, By by, String where) {
    Ranking.Row first = ranking.rows().getFirst();
    String reason =
      text("First of %d documents %s: ", ranking.rows().size(), where) +
      text("won %d of %d votes", first.wins(), first.votes()) +
      (first.ties() > 0
        ? text(first.ties() == 1 ? " with %d tie" : " with %d ties", first.ties())
        : "") +
      text(", strength %.0f", first.bradleyTerry()) +
      lead(ranking);
    return new Winner(first.document(), by, reason + ".");
  }

  private static String lead(Ranking ranking) {
    Double own = ranking.rows().getFirst().bradleyTerry();
    Double next = ranking.rows().size() > 1 ? ranking.rows().get(1).bradleyTerry() : null;
    if (next == null) {
      return "";
    }
    Integer flips = ranking.votesToFlip();
    String held =
      flips == null
        ? ""
        : text("; %d changed %s would put another one first", flips, flips == 1 ? "vote" : "votes");
    return next.equals(own)
      ? ", level with the next, put first by win rate or else by score" + held
      : text(" against %.0f of the next", next) + held;
  }

  private static @Nullable Winner best(List<DocumentScore> scored) {
    if (scored.isEmpty() || scored.getFirst().mean() == null) {
      return null;
    }
    DocumentScore best = scored.getFirst();
    String reason = text(
      "Best score of %d documents: %.2f (%.0f %% of the scale), from %d of %d scores.",
      scored
        .stream()
        .filter(score -> score.mean() != null)
        .count(),
      best.mean(),
      best.share() == null ? 0 : best.share() * PERCENT,
      best.scores(),
      best.expectedScores()
    );
    return new Winner(best.document(), By.SCORE, reason);
  }

  private static String text(String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
