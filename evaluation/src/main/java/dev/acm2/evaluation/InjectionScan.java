package dev.acm2.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/// Finds passages in a document that speak to its judge instead of its reader. A finding is a flag
/// for people: nothing is removed from the document, and no score is changed.
///
/// It looks for orders and claims aimed at whoever judges, not for words: a text about rubrics,
/// judges or scores is not flagged for its subject. Letters are compared without regard to case,
/// width, invisible characters and Markdown emphasis. Only English and the formats of common
/// models are known.
public final class InjectionScan {

  /// More findings than this in one document say nothing new.
  public static final int MOST_FINDINGS = 20;

  private static final int EXCERPT = 160;

  private InjectionScan() {}

  /// What kind of passage was found.
  public enum Kind {
    /// An order to disregard instructions or rubric.
    OVERRIDE,
    /// An order or claim to give this text a certain score, or the verdict itself.
    DEMAND,
    /// A text addressed to the judge or to a language model.
    ADDRESS,
    /// Marks by which models tell who is speaking.
    ROLE_MARKER,
    /// One of these where a reader does not see it: in a comment, a hidden element, or in
    /// characters that are not displayed.
    HIDDEN,
  }

  /// @param position index of the first character in the document, in UTF-16 units
  /// @param excerpt the passage, at most 160 characters, white space made single spaces
  public record Finding(Kind kind, int position, String excerpt) {}

  /// The findings in the order of their positions; of passages that overlap only the first one.
  public static List<Finding> of(String document) {
    PlainText text = PlainText.of(document);
    List<Passage> passages = new ArrayList<>();
    for (InjectionPattern pattern : InjectionPattern.ALL) {
      Matcher matcher = pattern.expression().matcher(text.characters());
      while (matcher.find()) {
        boolean hidden = text.isHidden(matcher.start(), matcher.end());
        if (hidden || !pattern.onlyHidden()) {
          passages.add(passage(hidden ? Kind.HIDDEN : pattern.kind(), matcher, text));
        }
      }
    }
    passages.sort(Comparator.comparingInt(Passage::from).thenComparing(Passage::kind));
    return findings(passages, document);
  }

  private record Passage(Kind kind, int from, int to) {}

  private static Passage passage(Kind kind, Matcher matcher, PlainText text) {
    int from = matcher.start();
    while (Character.isWhitespace(text.characters().charAt(from))) {
      from++;
    }
    return new Passage(kind, text.position(from), text.position(matcher.end() - 1) + 1);
  }

  private static List<Finding> findings(List<Passage> passages, String document) {
    List<Finding> findings = new ArrayList<>();
    int end = 0;
    for (Passage passage : passages) {
      if (passage.from() >= end && findings.size() < MOST_FINDINGS) {
        findings.add(new Finding(passage.kind(), passage.from(), excerpt(passage, document)));
        end = passage.to();
      }
    }
    return findings;
  }

  private static String excerpt(Passage passage, String document) {
    String whole = document.substring(passage.from(), passage.to());
    String line = whole.strip().replaceAll("\\s+", " ");
    return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT);
  }
}
