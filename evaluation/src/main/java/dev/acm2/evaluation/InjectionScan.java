package dev.acm2.evaluation;

import dev.acm2.contract.Suspicion;
import dev.acm2.contract.Suspicion.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/// Finds passages in a document that speak to its judge instead of its reader. Such a
/// [Suspicion] is a flag for people: nothing is removed from the document, and no score is changed.
///
/// It looks for orders and claims aimed at whoever judges, not for words: a text about rubrics,
/// judges or scores is not flagged for its subject. Letters are compared without regard to case,
/// width, invisible characters and Markdown emphasis. Only English and the formats of common
/// models are known.
public final class InjectionScan {

  /// More suspicions than this in one document say nothing new.
  public static final int MOST = 20;

  /// What is read where a passage was.
  public static final String MASK = "[masked]";

  /// The suspicions in the order of their positions; of passages that overlap only the first one.
  public static List<Suspicion> of(String document) {
    return suspicions(passages(document), document);
  }

  /// The document with [#MASK] in place of every suspicious passage, however many there are. Nothing else
  /// changes, and nothing suspicious is left.
  public static String masked(String document) {
    String text = document;
    List<Passage> passages = passages(text);
    while (!passages.isEmpty()) {
      text = masked(text, passages);
      passages = passages(text);
    }
    return text;
  }

  private static String masked(String document, List<Passage> passages) {
    StringBuilder rest = new StringBuilder();
    int end = 0;
    for (Passage passage : passages) {
      if (passage.from() >= end) {
        rest.append(document, end, passage.from()).append(MASK);
      }
      end = Math.max(end, passage.to());
    }
    return rest.append(document, end, document.length()).toString();
  }

  private static List<Passage> passages(String document) {
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
    return passages;
  }

  private record Passage(Kind kind, int from, int to) {}

  private static Passage passage(Kind kind, Matcher matcher, PlainText text) {
    int from = matcher.start();
    while (Character.isWhitespace(text.characters().charAt(from))) {
      from++;
    }
    return new Passage(kind, text.position(from), text.position(matcher.end() - 1) + 1);
  }

  private static List<Suspicion> suspicions(List<Passage> passages, String document) {
    List<Suspicion> suspicions = new ArrayList<>();
    int end = 0;
    for (Passage passage : passages) {
      if (passage.from() >= end && suspicions.size() < MOST) {
        suspicions.add(new Suspicion(passage.kind(), passage.from(), excerpt(passage, document)));
        end = passage.to();
      }
    }
    return suspicions;
  }

  private static String excerpt(Passage passage, String document) {
    String whole = document.substring(passage.from(), passage.to());
    String line = whole.strip().replaceAll("\\s+", " ");
    return line.length() <= Suspicion.EXCERPT_LENGTH
      ? line
      : line.substring(0, Suspicion.EXCERPT_LENGTH);
  }
}
