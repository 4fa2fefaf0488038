package dev.acm2.contract;

/// A passage in a document that speaks to its judge instead of its reader. A flag for people: it changes
/// neither the document nor a score.
///
/// @param position index of the first character in the document, in UTF-16 units
/// @param excerpt the passage in one line, at most [#EXCERPT_LENGTH] characters
public record Suspicion(Kind kind, int position, String excerpt) {
  public static final int EXCERPT_LENGTH = 160;

  /// What kind of passage it is.
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
}
