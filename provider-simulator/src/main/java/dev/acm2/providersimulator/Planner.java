package dev.acm2.providersimulator;

import dev.acm2.providersimulator.Plan.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Decides what becomes of a call: a pure function of seed, call, occurrence and behaviour.
/// Error answers come after a tenth of the latency, as a provider refuses sooner than it writes.
final class Planner {

  private static final int ERRORS_ARE_SOONER = 10;

  private final Draws draws;
  private final Composer composer;
  private final LatencyModel latencies;
  private final Duration retryAfter;
  private final JsonMapper json;

  Planner(
    Draws draws,
    Composer composer,
    LatencyModel latencies,
    Duration retryAfter,
    JsonMapper json
  ) {
    this.draws = draws;
    this.composer = composer;
    this.latencies = latencies;
    this.retryAfter = retryAfter;
    this.json = json;
  }

  /// The behaviour that the shares give to this request.
  Behaviour drawn(FaultShares shares, Occurrence occurrence) {
    Fault fault = shares.at(draws.random("fault", occurrence.request()).nextDouble());
    return fault == null ? Behaviour.OK : fault;
  }

  Plan plan(Asked asked, Behaviour behaviour, Instant now) {
    Answering answering = new Answering(asked, now);
    return switch (behaviour) {
      case Fault fault -> faulty(fault, answering);
      case Behaviour.Answer answer -> answering.plan(answer, saying(answer.text()));
      case Behaviour.Sized sized -> answering.sized(sized);
      case Behaviour.Status status -> answering.error(status, status.status(), status.retryAfter());
      case Behaviour.Raw raw -> Plan.whole(answering.latency(), answering.raw(raw), raw.outcome());
      case Behaviour.After after -> plan(asked, after.then(), now).after(after.latency());
      case Behaviour.Once once -> plan(
        asked,
        asked.occurrence().ofCall() == 1 ? once.first() : once.then(),
        now
      );
    };
  }

  private Plan faulty(Fault fault, Answering answering) {
    Plan natural = answering.plan(fault, draft -> draft);
    return switch (fault) {
      case RATE_LIMIT -> answering.error(fault, 429, Long.toString(retryAfter.toSeconds()));
      case SERVER_ERROR -> answering.error(fault, 500, null);
      case OVERLOADED -> answering.error(
        fault,
        ProviderError.overloaded(answering.call.dialect()),
        null
      );
      case HANG_BEFORE_HEADERS -> natural.delivered(Delivery.NOTHING_FOR_EVER);
      case HANG_MID_BODY -> natural.delivered(Delivery.HALF_THEN_NOTHING);
      case TRICKLE -> natural.delivered(Delivery.BYTE_BY_BYTE_FOR_EVER);
      case RESET -> natural.delivered(Delivery.RESET);
      case RESET_MID_BODY -> natural.delivered(Delivery.HALF_THEN_RESET);
      case TRUNCATED_JSON -> Plan.whole(natural.latency(), half(natural.reply()), fault.outcome());
      case EMPTY_200 -> answering.plan(fault, draft -> draft.saying(""));
      case INCOMPLETE -> answering.plan(fault, draft -> draft.stopped(Draft.Finish.LENGTH));
      case CONTENT_FILTER -> answering.plan(fault, draft ->
        draft.stopped(Draft.Finish.CONTENT_FILTER)
      );
      case NO_GROUNDING -> answering.plan(fault, Draft::withoutSearch);
      case NO_REASONING -> answering.plan(fault, Draft::withoutReasoning);
    };
  }

  private static UnaryOperator<Draft> saying(@Nullable String text) {
    return text == null ? draft -> draft : draft -> draft.saying(text);
  }

  private static Reply half(Reply reply) {
    return reply.withBody(reply.body().substring(0, reply.body().length() / 2));
  }

  /// One call on its way to an answer.
  private final class Answering {

    private final Asked asked;
    private final ModelCall call;
    private final Occurrence occurrence;
    private final Instant now;

    Answering(Asked asked, Instant now) {
      this.asked = asked;
      this.call = asked.call();
      this.occurrence = asked.occurrence();
      this.now = now;
    }

    Duration latency() {
      return latencies.draw(call.model(), draws.random("latency", occurrence.request()));
    }

    Plan plan(Behaviour behaviour, UnaryOperator<Draft> change) {
      Draft draft = composer.compose(asked);
      return Plan.whole(latency(), reply(change.apply(draft)), behaviour.outcome());
    }

    Plan sized(Behaviour.Sized sized) {
      try {
        Reply verdict = reply(composer.sized(asked, sized.bytes()));
        return Plan.whole(latency(), verdict, sized.outcome());
      } catch (IllegalArgumentException e) {
        Refused refused = Refused.because(call.dialect(), String.valueOf(e.getMessage()));
        return Plan.whole(latency(), refused.error().reply(json), refused.outcome());
      }
    }

    Plan error(Behaviour behaviour, int status, @Nullable String retryAfterHeader) {
      ProviderError error = ProviderError.ofStatus(call.dialect(), status, call.model());
      Reply reply = identified(error.reply(requestId(), retryAfterHeader, json));
      return Plan.whole(
        latency().dividedBy(ERRORS_ARE_SOONER),
        retryAfterHeader == null ? reply : reply.with("Retry-After", retryAfterHeader),
        behaviour.outcome()
      );
    }

    Reply raw(Behaviour.Raw raw) {
      return identified(Reply.json(raw.status(), raw.body()).as(raw.contentType(), raw.charset()));
    }

    private Reply reply(Draft draft) {
      SplittableRandom ids = draws.random("ids", occurrence.request());
      ObjectNode body = switch (call.dialect()) {
        case RESPONSES -> ResponsesAnswer.of(call, draft, now, ids, json);
        case CHAT_COMPLETIONS -> ChatAnswer.of(call, draft, now, ids, json);
        case OPENROUTER -> OpenRouterAnswer.of(call, draft, now, ids, json);
        case GEMINI -> GeminiAnswer.of(call, draft, ids, json);
        case ANTHROPIC -> AnthropicAnswer.of(call, draft, ids, json);
      };
      return identified(Reply.json(200, json.writeValueAsString(body)));
    }

    private Reply identified(Reply reply) {
      return switch (call.dialect()) {
        case RESPONSES, CHAT_COMPLETIONS, OPENROUTER -> reply.with("X-Request-Id", requestId());
        case ANTHROPIC -> reply.with("request-id", requestId());
        case GEMINI -> reply; // has its id in the body alone
      };
    }

    private String requestId() {
      SplittableRandom ids = draws.random("request-id", occurrence.request());
      return "req_" + Draws.hex(ids, 32);
    }
  }
}
