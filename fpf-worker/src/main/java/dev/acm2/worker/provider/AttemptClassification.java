package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.worker.provider.Answer.Defect;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/// Decides what an exchange came to: by its end, its status, its body and the provider's own words
/// in it. Never by a size.
record AttemptClassification(
  ProviderProtocol protocol,
  Secret key,
  CallOptions options,
  Instant now
) {
  AttemptOutcome of(ExchangeEnd end) {
    Integer status = end.arrived().status();
    return switch (end) {
      case ExchangeEnd.Complete complete -> answered(complete.arrived());
      case ExchangeEnd.Broken broken -> new Failure(
        FailureKind.NETWORK,
        status,
        key.scrubMessage(broken.reason())
      );
      case ExchangeEnd.TimedOut timedOut -> new Failure(
        FailureKind.ATTEMPT_TIMEOUT,
        status,
        timeOutMessage(timedOut)
      );
      case ExchangeEnd.TooLarge _ -> new Failure(
        FailureKind.INVALID_OUTPUT,
        status,
        "the answer is larger than " + HttpExchanges.BODY_LIMIT + " bytes"
      );
      case ExchangeEnd.Aborted _ -> new Failure(
        FailureKind.INTERNAL,
        status,
        "the exchange was aborted"
      );
      case ExchangeEnd.Exited exited -> exited(exited);
    };
  }

  private AttemptOutcome exited(ExchangeEnd.Exited end) {
    Answer answer = protocol.read(end.report());
    if (end.exitCode() == 0) {
      return judged(null, answer);
    }
    String message = "exit code " + end.exitCode() + ": " + end.lastLine();
    return judged(null, answer.spoiled(ExitKind.of(end.exitCode()), message));
  }

  private static String timeOutMessage(ExchangeEnd.TimedOut end) {
    String arrived =
      end.arrived().status() == null
        ? "no answer had begun"
        : end.arrived().body().length + " bytes of the body had arrived";
    return "no complete answer within " + end.limit().toMillis() + " ms; " + arrived;
  }

  private AttemptOutcome answered(Arrived arrived) {
    int status = arrived.status() == null ? 0 : arrived.status();
    return status >= 200 && status < 300 ? accepted(status, arrived) : refused(status, arrived);
  }

  private Failure refused(int status, Arrived arrived) {
    ProviderErrorText error = ProviderErrorText.of(arrived, key);
    FailureKind kind = error.keyRefused()
      ? FailureKind.AUTH
      : HttpStatusKind.of(status, error.quotaExhausted());
    String header = arrived.header("retry-after");
    boolean redirect = status >= 300 && status < 400;
    String message = "HTTP " + status + ": " + (redirect ? "redirect refused" : error.text());
    return new Failure(
      kind,
      status,
      message,
      RetryAfter.read(header == null ? error.retryDelay() : header, now),
      Bill.NONE
    );
  }

  private AttemptOutcome accepted(int status, Arrived arrived) {
    if (isBlank(arrived.body())) {
      return new Failure(FailureKind.EMPTY_OUTPUT, status, "the body of the answer is empty");
    }
    try {
      JsonNode response = ContractJson.EVENTS.readTree(arrived.body());
      return response.isObject()
        ? judged(status, protocol.read(response))
        : new Failure(FailureKind.INVALID_OUTPUT, status, "the answer is no JSON object");
    } catch (UnexpectedEndOfInputException e) {
      return new Failure(
        FailureKind.TRUNCATED_OUTPUT,
        status,
        "the JSON of the answer breaks off after " + arrived.body().length + " bytes"
      );
    } catch (JacksonException e) {
      return new Failure(
        FailureKind.INVALID_OUTPUT,
        status,
        "the answer cannot be read: " + excerpt(e)
      );
    }
  }

  private String excerpt(JacksonException e) {
    return ProviderErrorText.shortened(key.scrubMessage(e.getOriginalMessage()));
  }

  private AttemptOutcome judged(@Nullable Integer status, Answer answer) {
    Defect defect = defect(answer);
    return defect == null
      ? new Success(key.scrub(answer.text()), status, answer.bill(), answer.evidence())
      : new Failure(
          defect.kind(),
          status,
          ProviderErrorText.shortened(key.scrubMessage(defect.message())),
          null,
          answer.bill()
        );
  }

  private @Nullable Defect defect(Answer answer) {
    if (answer.defect() != null) {
      return answer.defect();
    }
    if (answer.text().isBlank()) {
      return new Defect(FailureKind.EMPTY_OUTPUT, "the answer is complete and holds no text");
    }
    if (options.grounding() == Demand.REQUIRED && !answer.evidence().grounded()) {
      return new Defect(
        FailureKind.NO_GROUNDING,
        "no completed search and no citation in the answer"
      );
    }
    if (options.reasoning() == Demand.REQUIRED && !answer.evidence().reasoned()) {
      return new Defect(FailureKind.NO_REASONING, "no reasoning item and no reasoning token");
    }
    return null;
  }

  private static boolean isBlank(byte[] body) {
    return body.length < 1024 && new String(body, StandardCharsets.UTF_8).isBlank();
  }
}
