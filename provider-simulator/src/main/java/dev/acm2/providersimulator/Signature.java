package dev.acm2.providersimulator;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The closing line of a document: who wrote it, and out of what. A judge of this simulator knows by it
/// how good the document is, wherever in a prompt the document stands.
///
/// @param author   the model, as on the wire
/// @param draft    four hexadecimal digits that tell the drafts of an author apart
/// @param revision how often documents were combined on the way here, 0 for a first draft
/// @param origin   the author of the best first draft that went in; of a first draft the author
record Signature(String author, String draft, int revision, String origin) {
  private static final Pattern LINE = Pattern.compile(
    "Prepared by ([^\\s,]+), draft ([0-9a-f]{4})(?:, revision ([0-9]{1,4}) of ([^\\s,\"\\\\]+))?"
  );

  static Signature first(String author, String draft) {
    return new Signature(author, draft, 0, author);
  }

  /// What `combiner` makes of this one, the best of those that it was given.
  Signature revised(String combiner, String nextDraft) {
    return new Signature(combiner, nextDraft, revision + 1, origin);
  }

  /// All signatures in a text, in order.
  static List<Signature> in(String text) {
    return LINE.matcher(text).results().map(Signature::read).toList();
  }

  static Signature read(MatchResult match) {
    return match.group(3) == null
      ? first(match.group(1), match.group(2))
      : new Signature(
          match.group(1),
          match.group(2),
          Integer.parseInt(match.group(3)),
          match.group(4)
        );
  }

  static List<MatchResult> matches(String text) {
    return LINE.matcher(text).results().toList();
  }

  String line() {
    String line = "Prepared by " + author + ", draft " + draft;
    return revision == 0 ? line : line + ", revision " + revision + " of " + origin;
  }
}
