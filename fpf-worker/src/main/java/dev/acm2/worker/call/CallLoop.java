package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStoreException;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.call.Preparation.Prepared;
import dev.acm2.worker.call.RetryDecision.GiveUp;
import dev.acm2.worker.call.RetryDecision.Reason;
import dev.acm2.worker.call.RetryDecision.RetryAfter;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a started call to its end: the only loop of attempts there is.
///
/// Guarantees: at most `maxAttempts` requests, none after the deadline and none with less than 2 s
/// left; each further attempt is told before it is sent; one end, whatever happens.
public final class CallLoop {

  private static final Logger LOG = LoggerFactory.getLogger(CallLoop.class);

  private final Preparation preparation;
  private final CallFiles files;
  private final Attempts attempts;
  private final CallEnds ends;
  private final EventSink sink;
  private final CallClock clock;
  private final DoubleSupplier jitter;

  /// @param jitter draws from 0 to below 1
  public CallLoop(
    Map<String, Provider> providers,
    ModelCatalogue catalogue,
    ArtifactStore artifacts,
    Exchanges exchanges,
    CallEnds ends,
    EventSink sink,
    CallClock clock,
    DoubleSupplier jitter
  ) {
    this.preparation = new Preparation(providers, catalogue, artifacts);
    this.files = new CallFiles(artifacts);
    this.attempts = new Attempts(files, exchanges, clock);
    this.ends = ends;
    this.sink = sink;
    this.clock = clock;
    this.jitter = jitter;
  }

  /// Returns when the call has ended; throws nothing but errors of the machine.
  void run(InFlightCall call) {
    call.runsOn(Thread.currentThread());
    try {
      prepareAndSend(call);
    } catch (ArtifactStoreException e) {
      LOG.error("call {}: {}", call.item().callId(), e.getMessage(), e);
      ends.failed(call, FailureKind.INTERNAL, null, "the artifact store failed: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("call {} failed by a defect", call.item().callId(), e);
      ends.failed(call, FailureKind.INTERNAL, null, "defect of the worker: " + e);
    } finally {
      // A call never stays open because of a defect in here; after an end this does nothing.
      ends.failed(call, FailureKind.INTERNAL, null, "the call's thread ended without an outcome");
    }
  }

  private void prepareAndSend(InFlightCall call) {
    switch (preparation.prepare(call.item())) {
      case Prepared.Refused refused -> ends.failed(call, refused.kind(), null, refused.message());
      case Prepared.Ready ready -> send(call, ready.ask());
    }
  }

  private void send(InFlightCall call, Ask ask) {
    boolean again = true;
    for (int attempt = 1; again && call.mayGoOn(); attempt++) {
      Duration left = call.remaining(clock);
      again = isLongEnough(left) ? attempt(call, ask, attempt) : outOfTime(call, left);
    }
    if (call.cancelled() instanceof InFlightCall.Cancelled cancelled) {
      ends.cancelled(call, cancelled.reason());
    }
  }

  private static boolean isLongEnough(Duration left) {
    return left.compareTo(RetryPolicy.SHORTEST_ATTEMPT) >= 0;
  }

  private boolean outOfTime(InFlightCall call, Duration left) {
    ends.timedOut(call, "no attempt starts with " + left.toMillis() + " ms left");
    return false;
  }

  /// Whether another attempt follows.
  private boolean attempt(InFlightCall call, Ask ask, int attempt) {
    return switch (attempts.once(call, ask, attempt)) {
      case Attempts.Stopped _ -> false;
      case Attempts.ByDeadline end -> {
        ends.timedOut(call, end.message());
        yield false;
      }
      case Attempts.Ended(Success success, var timings) -> {
        succeeded(call, success, timings, attempt);
        yield false;
      }
      case Attempts.Ended(Failure failure, _) -> failed(call, failure, attempt);
    };
  }

  private void succeeded(InFlightCall call, Success success, Timings timings, int attempt) {
    CallArtifact output = files.output(call.item(), attempt, success.text());
    call.add(output);
    CallResult result = new CallResult.Document(output.ref(), preview(success.text()));
    ends.succeeded(call, result, success.evidence(), timings);
  }

  private static String preview(String text) {
    int longest = CallResult.Document.PREVIEW_LENGTH;
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }

  private boolean failed(InFlightCall call, Failure failure, int attempt) {
    CallLimits limits = call.item().limits();
    Duration left = call.remaining(clock);
    return switch (
      RetryPolicy.next(failure, attempt, limits.maxAttempts(), left, jitter.getAsDouble())
    ) {
      case RetryAfter(Duration delay) -> {
        retry(call, failure, attempt + 1, delay, left);
        yield true;
      }
      case GiveUp giveUp -> {
        giveUp(call, failure, giveUp);
        yield false;
      }
    };
  }

  private void retry(
    InFlightCall call,
    Failure failure,
    int next,
    Duration delay,
    Duration remaining
  ) {
    if (!call.mayGoOn()) {
      return;
    }
    WorkItem item = call.item();
    Progress so = call.progress();
    sink.publish(
      item.runId(),
      new CallRetried(
        item.callId(),
        item.epoch(),
        next,
        failure.kind(),
        failure.httpStatus(),
        failure.message(),
        delay,
        remaining,
        so.spend(),
        so.artifacts()
      )
    );
    call.attemptTold();
    clock.pause(delay, call.wakeUp());
  }

  /// A call that hung until no time was left was ended by its deadline, whatever its last words.
  private void giveUp(InFlightCall call, Failure failure, GiveUp giveUp) {
    String message = failure.message() + " (" + giveUp.message() + ")";
    boolean byDeadline =
      failure.kind() == FailureKind.ATTEMPT_TIMEOUT && giveUp.reason() == Reason.NO_TIME_LEFT;
    if (byDeadline) {
      ends.timedOut(call, message);
    } else {
      ends.failed(call, failure.kind(), failure.httpStatus(), message);
    }
  }
}
