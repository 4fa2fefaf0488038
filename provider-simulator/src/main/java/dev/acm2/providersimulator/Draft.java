package dev.acm2.providersimulator;

import java.util.List;

/// What the model says, before it is put into a dialect. Tokens are estimated as a quarter of the
/// characters, rounded up.
record Draft(
  String text,
  List<Citation> citations,
  int searches,
  int inputTokens,
  int cachedTokens,
  int reasoningTokens,
  Finish finish
) {
  enum Finish {
    STOP,
    LENGTH,
    CONTENT_FILTER,
  }

  int outputTokens() {
    return tokens(text) + reasoningTokens;
  }

  Draft saying(String other) {
    return saying(other, List.of());
  }

  Draft saying(String other, List<Citation> sources) {
    return new Draft(other, sources, searches, inputTokens, cachedTokens, reasoningTokens, finish);
  }

  /// The first part of the text, as when the provider stops it before its end.
  Draft stopped(Finish why) {
    return cutTo(text.length() / 2, why);
  }

  Draft withoutSearch() {
    String bare = citations
      .reversed()
      .stream()
      .reduce(
        text,
        (shorter, each) -> shorter.substring(0, each.start()) + shorter.substring(each.end()),
        (left, right) -> right
      );
    return new Draft(bare, List.of(), 0, inputTokens, cachedTokens, reasoningTokens, finish);
  }

  Draft withoutReasoning() {
    return new Draft(text, citations, searches, inputTokens, cachedTokens, 0, finish);
  }

  static int tokens(String text) {
    return (text.length() + 3) / 4;
  }

  Draft cutTo(int characters, Finish why) {
    List<Citation> kept = citations
      .stream()
      .filter(each -> each.end() <= characters)
      .toList();
    return new Draft(
      text.substring(0, Math.min(text.length(), characters)),
      kept,
      searches,
      inputTokens,
      cachedTokens,
      reasoningTokens,
      why
    );
  }
}
