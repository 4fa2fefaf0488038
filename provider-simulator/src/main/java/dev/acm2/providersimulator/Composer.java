package dev.acm2.providersimulator;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Writes what a model answers: a document, a verdict, or any other JSON that satisfies a schema. A
/// natural draft keeps within the token limit of its call as far as the limit leaves room for a title
/// and a section; otherwise it is cut there and ends with LENGTH.
final class Composer {

  private static final int CACHE_FROM = 1024;
  private static final int CACHE_STEP = 128;

  private final Draws draws;
  private final Supplier<JudgeOptions> judges;
  private final JsonMapper json;

  Composer(Draws draws, Supplier<JudgeOptions> judges, JsonMapper json) {
    this.draws = draws;
    this.judges = judges;
    this.json = json;
  }

  Draft compose(Asked asked) {
    ModelCall call = asked.call();
    SplittableRandom random = draws.random("text", asked.occurrence().text());
    Draft frame = frame(call, asked.occurrence().repeat(), random);
    int room = call.maxOutputTokens() - frame.reasoningTokens();
    Draft whole = whole(asked, frame, random);
    return Draft.tokens(whole.text()) > room ? whole.cutTo(room * 4, Draft.Finish.LENGTH) : whole;
  }

  /// A verdict of exactly so many bytes, shortened or stretched in its reasons.
  ///
  /// @throws IllegalArgumentException when nothing is judged, or no verdict can be so short
  Draft sized(Asked asked, int bytes) {
    Judgement judgement = asked.judgement();
    if (judgement == null) {
      throw new IllegalArgumentException("a verdict of " + bytes + " bytes needs a schema of one");
    }
    Draft frame = compose(asked);
    return frame.saying(SizedVerdict.of(judge(asked).verdict(asked.call(), judgement), bytes));
  }

  private Draft whole(Asked asked, Draft frame, SplittableRandom random) {
    ModelCall call = asked.call();
    Judgement judgement = asked.judgement();
    if (judgement != null) {
      String verdict = json.writeValueAsString(judge(asked).verdict(call, judgement));
      return frame.saying(judgement.prompted() ? "```json\n" + verdict + "\n```\n" : verdict);
    }
    return call.schema().isMissingNode()
      ? prose(asked, frame, random)
      : frame.saying(json.writeValueAsString(new SchemaAnswer(random).value(call.schema())));
  }

  private Judge judge(Asked asked) {
    String key = asked.occurrence().text();
    return new Judge(asked.call().model(), key, judges.get(), draws);
  }

  private static Draft frame(ModelCall call, int repeat, SplittableRandom random) {
    int input = Draft.tokens(call.prompt());
    int reasoning = Math.min(random.nextInt(400, 4000), call.maxReasoningTokens());
    int searches = call.wantsSearch()
      ? Math.min(random.nextInt(1, ModelCall.MAX_SEARCHES + 1), call.maxSearches())
      : 0;
    int cached = repeat > 1 && input >= CACHE_FROM ? (input / CACHE_STEP) * CACHE_STEP : 0;
    return new Draft("", List.of(), searches, input, cached, reasoning, Draft.Finish.STOP);
  }

  private Draft prose(Asked asked, Draft frame, SplittableRandom random) {
    ModelCall call = asked.call();
    String ending = ending(asked, Draws.hex(random, 4));
    int room =
      (call.maxOutputTokens() - frame.reasoningTokens()) * 4 -
      MarkdownText.LONGEST_SECTION -
      ending.length();
    int length = Math.min(random.nextInt(1500, 6000), room);
    MarkdownText document = MarkdownText.write(call.prompt(), length, call.wantsSearch(), random);
    return frame.saying(document.text() + ending, document.citations());
  }

  /// The signature; before it what the model plants itself, and what somebody planted in the prompt, as a
  /// model that summarises repeats it.
  private String ending(Asked asked, String draft) {
    ModelCall call = asked.call();
    String repeated = Injection.in(call.prompt());
    String quotation = repeated == null ? "" : "\n> " + repeated + "\n";
    return planted(asked) + quotation + "\n" + signature(call, draft).line() + "\n";
  }

  /// Drawn on its own, so that a document is the same but for this.
  private String planted(Asked asked) {
    SplittableRandom random = draws.random("planting", asked.occurrence().text());
    double share = judges.get().planting(asked.call().model());
    return random.nextDouble() < share ? "\n" + Injection.planted(random) + "\n" : "";
  }

  /// Whoever gets two documents or more combines them.
  private Signature signature(ModelCall call, String draft) {
    List<Signature> given = Signature.in(call.prompt());
    return given.size() < 2
      ? Signature.first(call.model(), draft)
      : given
          .stream()
          .max(Comparator.comparingDouble(judges.get()::quality))
          .orElseThrow()
          .revised(call.model(), draft);
  }
}
