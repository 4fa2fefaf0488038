package dev.acm2.providersimulator;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/// What the model says, before it is put into a dialect. Tokens are estimated as a quarter of the
/// characters, rounded up. A natural draft keeps within the token limit of its call as far as the
/// limit leaves room for a title and a section; otherwise it is cut there and ends with LENGTH.
record Draft(
  String text,
  List<Citation> citations,
  int searches,
  int inputTokens,
  int cachedTokens,
  int reasoningTokens,
  Finish finish
) {
  private static final int CACHE_FROM = 1024;
  private static final int CACHE_STEP = 128;

  enum Finish {
    STOP,
    LENGTH,
    CONTENT_FILTER,
  }

  static Draft compose(ModelCall call, int occurrence, SplittableRandom random, JsonMapper json) {
    int input = tokens(call.prompt());
    int reasoning = reasoningTokens(call, random);
    int searches = call.wantsSearch()
      ? Math.min(random.nextInt(1, ModelCall.MAX_SEARCHES + 1), call.maxSearches())
      : 0;
    int cached = occurrence > 1 && input >= CACHE_FROM ? (input / CACHE_STEP) * CACHE_STEP : 0;
    Draft whole = call.schema().isMissingNode()
      ? prose(call, searches, input, cached, reasoning, random)
      : new Draft(
          json.writeValueAsString(new SchemaAnswer(random).value(call.schema())),
          List.of(),
          searches,
          input,
          cached,
          reasoning,
          Finish.STOP
        );
    int room = call.maxOutputTokens() - reasoning;
    return tokens(whole.text) > room ? whole.cutTo(room * 4, Finish.LENGTH) : whole;
  }

  int outputTokens() {
    return tokens(text) + reasoningTokens;
  }

  Draft saying(String other) {
    return new Draft(
      other,
      List.of(),
      searches,
      inputTokens,
      cachedTokens,
      reasoningTokens,
      finish
    );
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

  private static Draft prose(
    ModelCall call,
    int searches,
    int input,
    int cached,
    int reasoning,
    SplittableRandom random
  ) {
    int room = (call.maxOutputTokens() - reasoning) * 4 - MarkdownText.LONGEST_SECTION;
    int length = Math.min(random.nextInt(1500, 6000), room);
    MarkdownText document = MarkdownText.write(call.prompt(), length, call.wantsSearch(), random);
    return new Draft(
      document.text(),
      document.citations(),
      searches,
      input,
      cached,
      reasoning,
      Finish.STOP
    );
  }

  private static int reasoningTokens(ModelCall call, SplittableRandom random) {
    int drawn = random.nextInt(400, 4000);
    return Math.min(drawn, call.maxReasoningTokens());
  }

  private Draft cutTo(int characters, Finish why) {
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
