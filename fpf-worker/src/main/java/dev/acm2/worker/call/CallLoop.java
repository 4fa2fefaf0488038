package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStoreException;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.call.Preparation.Prepared;
import dev.acm2.worker.call.RetryDecision.GiveUp;
import dev.acm2.worker.call.RetryDecision.Reason;
import dev.acm2.worker.call.RetryDecision.RetryAfter;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
  private final SuspicionScan scan;
  private final CallEnds ends;
  private final EventSink sink;
  private final CallConsole console;
  private final CallClock clock;
  private final RandomGenerator random;

  /// @param random for pauses and for marks around texts; must not be foreseeable
  public CallLoop(
    Map<String, Provider> providers,
    ModelCatalogue catalogue,
    ArtifactStore artifacts,
    Exchanges exchanges,
    SuspicionScan scan,
    CallEnds ends,
    EventSink sink,
    CallConsole console,
    CallClock clock,
    RandomGenerator random
  ) {
    this.preparation = new Preparation(providers, catalogue, new Briefings(artifacts, random));
    this.files = new CallFiles(artifacts);
    this.attempts = new Attempts(files, exchanges, sink, console, clock);
    this.scan = scan;
    this.ends = ends;
    this.sink = sink;
    this.console = console;
    this.clock = clock;
    this.random = random;
  }

  /// Returns when the call has ended; throws nothing but errors of the machine.
  void run(InFlightCall call) {
    call.runsOn(Thread.currentThread());
    try {
      prepareAndSend(call);
    } catch (ArtifactStoreException e) {
      LOG.error("call {}: {}", call.item().callId(), e.getMessage(), e);
      ends.failed(call, FailureKind.INTERNAL, "the artifact store failed: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("call {} failed by a defect", call.item().callId(), e);
      ends.failed(call, FailureKind.INTERNAL, "defect of the worker: " + e);
    } finally {
      // A call never stays open because of a defect in here; after an end this does nothing.
      ends.failed(call, FailureKind.INTERNAL, "the call's thread ended without an outcome");
    }
  }

  private void prepareAndSend(InFlightCall call) {
    switch (preparation.prepare(call.item())) {
      case Prepared.Refused refused -> ends.failed(call, refused.kind(), refused.message());
      case Prepared.Ready ready -> send(call, ready.ask());
    }
  }

  private void send(InFlightCall call, Ask first) {
    Optional<Ask> next = Optional.of(first);
    for (int attempt = 1; next.isPresent() && call.mayGoOn(); attempt++) {
      Duration left = call.remaining(clock);
      next = isLongEnough(left) ? attempt(call, next.get(), attempt) : outOfTime(call, left);
    }
    if (call.cancelled() instanceof InFlightCall.Cancelled cancelled) {
      ends.cancelled(call, cancelled.reason());
    }
  }

  private static boolean isLongEnough(Duration left) {
    return left.compareTo(RetryPolicy.SHORTEST_ATTEMPT) >= 0;
  }

  private Optional<Ask> outOfTime(InFlightCall call, Duration left) {
    ends.timedOut(call, clock.now(), "no attempt starts with " + left.toMillis() + " ms left");
    return Optional.empty();
  }

  /// What the next attempt asks, empty when there is none.
  private Optional<Ask> attempt(InFlightCall call, Ask ask, int attempt) {
    switch (attempts.once(call, ask, attempt)) {
      case Attempts.Failed failed -> {
        return failed(call, ask, failed, attempt);
      }
      case Attempts.Stopped _ -> {
      }
      case Attempts.ByDeadline end -> ends.timedOut(call, end.at(), end.message());
      case Attempts.Wrote wrote -> wrote(call, wrote, attempt);
      case Attempts.Judged(var verdict, var evidence, var timings) -> ends.succeeded(
        call,
        verdict,
        evidence,
        timings
      );
    }
    return Optional.empty();
  }

  private void wrote(InFlightCall call, Attempts.Wrote wrote, int attempt) {
    CallArtifact output = files.output(call.item(), attempt, wrote.text());
    call.add(output);
    scan
      .of(wrote.text())
      .map(found -> new CallResult.Document(output.ref(), preview(wrote.text()), found))
      .ifPresent(result -> ends.succeeded(call, result, wrote.evidence(), wrote.timings()));
  }

  private static String preview(String text) {
    int longest = CallResult.Document.PREVIEW_LENGTH;
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }

  private Optional<Ask> failed(InFlightCall call, Ask ask, Attempts.Failed failed, int attempt) {
    Failure failure = failed.failure();
    Duration left = call.remaining(clock);
    RetryDecision decision = RetryPolicy.next(
      failure,
      attempt,
      call.item().limits().maxAttempts(),
      ask.askedAgain(),
      left,
      random.nextDouble()
    );
    return switch (decision) {
      case RetryAfter(Duration delay) -> {
        retry(call, failure, attempt + 1, delay, left);
        boolean invalid = failure.kind() == FailureKind.INVALID_OUTPUT;
        yield Optional.of(invalid ? ask.again(failed.problem()) : ask);
      }
      case GiveUp giveUp -> {
        giveUp(call, failure, giveUp);
        yield Optional.empty();
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
    CallRetried event = new CallRetried(
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
    );
    if (call.voice().say(sink, event)) {
      console.retried(call, event);
      call.attemptTold();
      clock.pause(delay, call.wakeUp());
    }
  }

  /// A call that hung until no time was left was ended by its deadline, whatever its last words.
  private void giveUp(InFlightCall call, Failure failure, GiveUp giveUp) {
    String message = failure.message() + " (" + giveUp.message() + ")";
    boolean byDeadline =
      failure.kind() == FailureKind.ATTEMPT_TIMEOUT && giveUp.reason() == Reason.NO_TIME_LEFT;
    if (byDeadline) {
      ends.timedOut(call, clock.now(), message);
    } else {
      ends.failed(call, failure, message);
    }
  }
}
