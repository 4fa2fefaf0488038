package dev.acm2.worker.call;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Suspicion;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.AttemptOutcome;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Provider;

/// Tells those who watch a run what becomes of its calls, in lines without credentials.
public final class CallConsole {

  /// Lines of a call's program that are told.
  static final int MOST_LINES = 2000;
  /// An event is kept for ever, so that its message is short.
  static final int LONGEST_PROGRESS = 300;

  private final ConsoleSink sink;
  private final String workerId;
  private final CallClock clock;

  public CallConsole(ConsoleSink sink, String workerId, CallClock clock) {
    this.sink = sink;
    this.workerId = workerId;
    this.clock = clock;
  }

  void sent(InFlightCall call, int attempt, int bytes) {
    WorkItem item = call.item();
    String text = "attempt %d of %d: %s, %s".formatted(
      attempt,
      item.limits().maxAttempts(),
      item.model(),
      ConsoleText.size(bytes)
    );
    say(call, attempt, Level.INFO, text);
  }

  /// Says what was answered; nothing when nothing was.
  void answered(InFlightCall call, int attempt, ExchangeEnd end, AttemptOutcome outcome, Usd cost) {
    String what = switch (end) {
      case ExchangeEnd.Complete(var arrived) -> "HTTP " + arrived.status();
      case ExchangeEnd.TooLarge(var arrived) -> "HTTP " + arrived.status() + ", cut";
      case ExchangeEnd.Exited exited -> "exit code " + exited.exitCode();
      case ExchangeEnd.Broken _, ExchangeEnd.TimedOut _, ExchangeEnd.Aborted _ -> "";
    };
    if (!what.isEmpty()) {
      String text = "attempt %d: %s after %s, %s, $%s".formatted(
        attempt,
        what,
        ConsoleText.seconds(end.arrived().timings().total()),
        ConsoleText.tokens(outcome.bill().usage()),
        cost
      );
      say(call, attempt, Level.INFO, text);
    }
  }

  void retried(InFlightCall call, CallRetried event) {
    String text = "%s: %s; attempt %d follows in %s".formatted(
      event.cause(),
      event.message(),
      event.attempt(),
      ConsoleText.seconds(event.delay())
    );
    say(call, event.attempt() - 1, Level.WARN, text);
  }

  void ended(InFlightCall call, CallEnded event) {
    switch (event) {
      case CallSucceeded end -> {
        sayWhatIsSuspicious(call, end);
        say(call, end.attempt(), Level.INFO, "succeeded" + spent(end));
      }
      case CallFailed end -> say(
        call,
        end.attempt(),
        Level.ERROR,
        "failed" + spent(end) + ": " + end.kind() + ": " + end.message()
      );
      case CallTimedOut end -> say(
        call,
        end.attempt(),
        Level.ERROR,
        "timed out" + spent(end) + ": " + end.message()
      );
      case CallCancelled end -> say(
        call,
        end.attempt(),
        Level.INFO,
        "cancelled" + spent(end) + ": " + end.reason()
      );
      case CallSkipped end -> say(call, 0, Level.INFO, "skipped: " + end.message());
    }
  }

  private void sayWhatIsSuspicious(InFlightCall call, CallSucceeded end) {
    if (end.result() instanceof CallResult.Document written && !written.suspicions().isEmpty()) {
      Suspicion first = written.suspicions().getFirst();
      String text = "%s to its judge, first at character %d (%s): %s".formatted(
        ConsoleText.passagesSpeak(written.suspicions().size()),
        first.position(),
        first.kind(),
        first.excerpt()
      );
      say(call, end.attempt(), Level.WARN, text);
    }
  }

  void handedBack(InFlightCall call, CallHandedBack event) {
    say(call, event.attempt(), Level.WARN, "handed back: " + event.reason());
  }

  private static String spent(CallEnded end) {
    Spend spend = end.spend();
    return spend == null
      ? ""
      : " after " + ConsoleText.attempts(spend.attempts()) + ", $" + spend.costUsd();
  }

  /// A line of the program that answers the attempt.
  void program(InFlightCall call, int attempt, Provider provider, EventSink events, String line) {
    int number = call.nextLine();
    if (number > MOST_LINES && !ProgramLine.mayTellProgress(line)) {
      sayThatItIsTooMuch(call, attempt, number);
      return;
    }
    ProgramLine told = ProgramLine.of(line);
    String text = provider.scrubbed(told.text());
    if (told.isProgress()) {
      call.voice().report(events, clock, progress(call.item(), attempt, told, text));
    }
    if (number <= MOST_LINES) {
      say(call, attempt, told.level(), text);
    } else {
      sayThatItIsTooMuch(call, attempt, number);
    }
  }

  private static CallProgressed progress(
    WorkItem item,
    int attempt,
    ProgramLine told,
    String text
  ) {
    String message = ConsoleText.oneLine(text, LONGEST_PROGRESS);
    return new CallProgressed(item.callId(), item.epoch(), attempt, message, told.share());
  }

  private void sayThatItIsTooMuch(InFlightCall call, int attempt, int number) {
    if (number == MOST_LINES + 1) {
      say(call, attempt, Level.WARN, "further lines are only in the artifact of the response");
    }
  }

  private void say(InFlightCall call, int attempt, Level level, String text) {
    WorkItem item = call.item();
    sink.say(
      new ConsoleLine(
        item.runId(),
        item.callId(),
        item.epoch(),
        attempt,
        workerId,
        clock.now(),
        level,
        ConsoleText.oneLine(text, ConsoleLine.MAX_LENGTH)
      )
    );
  }
}
