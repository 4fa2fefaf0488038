package dev.acm2.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a live run looks in a terminal: a pure function of the run, the time and the width.
final class ProgressBlock {

  private static final int BAR = 30;
  private static final int CALLS_SHOWN = 12;
  /// A deadline is set a moment before the start is written down: rounded, it reads as it was asked for.
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private ProgressBlock() {}

  /// Lines of at most `width` characters.
  ///
  /// @param note what is to be said about the connection, null for nothing
  static List<String> render(LiveRun live, Instant now, int width, @Nullable String note) {
    List<String> lines = new ArrayList<>();
    Run run = live.run();
    if (run == null) {
      lines.add("waiting for the first snapshot");
    } else {
      lines.add(Format.line(run.name()) + "  " + status(run));
      lines.add(bar(run.stats()) + elapsed(run, now));
      lines.addAll(counters(run.stats()));
      lines.addAll(PhaseLines.of(run.byPhase()));
      lines.add(totals(run));
      lines.addAll(CostLines.of(run.stats()));
      lines.addAll(calls(live.inFlight(), now));
    }
    if (note != null) {
      lines.add(note);
    }
    return lines
      .stream()
      .map(line -> Format.cut(line, width))
      .toList();
  }

  /// Status, and the phases at work or how it ended.
  static String status(Run run) {
    return run.finished()
      ? String.valueOf(run.outcome())
      : (run.status() + " " + String.join(", ", run.phases())).strip();
  }

  /// One line that tells everything but the calls.
  static String line(Run run) {
    return "as of event %d: %s  %d/%d  %s  retries %d  cost %s%s".formatted(
      run.asOf().offset(),
      status(run),
      run.stats().ended(),
      run.stats().planned(),
      String.join("  ", counters(run.stats())),
      run.stats().retries(),
      Format.money(run.stats().costUsd()),
      PhaseLines.of(run.byPhase())
        .stream()
        .map(phases -> "  " + phases)
        .collect(Collectors.joining())
    );
  }

  private static String bar(Run.Stats stats) {
    int planned = Math.max(1, stats.planned());
    int full = (BAR * stats.ended()) / planned;
    return "[%s%s] %d/%d  %d %%".formatted(
      "#".repeat(full),
      ".".repeat(BAR - full),
      stats.ended(),
      stats.planned(),
      (100 * stats.ended()) / planned
    );
  }

  private static String elapsed(Run run, Instant now) {
    Instant end = run.finishedAt() == null ? now : run.finishedAt();
    return "  " + Format.duration(Duration.between(run.requestedAt(), end));
  }

  /// Two lines, so that all of it is seen in 80 columns.
  private static List<String> counters(Run.Stats stats) {
    return List.of(
      "planned %d  queued %d  in flight %d  ok %d".formatted(
        stats.planned(),
        stats.queued(),
        stats.inFlight(),
        stats.ok()
      ),
      "failed %d  timed out %d  cancelled %d  skipped %d".formatted(
        stats.failed(),
        stats.timedOut(),
        stats.cancelled(),
        stats.skipped()
      )
    );
  }

  private static String totals(Run run) {
    return "retries %d  cost %s  as of event %d".formatted(
      run.stats().retries(),
      Format.money(run.stats().costUsd()),
      run.asOf().offset()
    );
  }

  private static List<String> calls(List<Call> inFlight, Instant now) {
    List<String> lines = new ArrayList<>();
    inFlight
      .stream()
      .limit(CALLS_SHOWN)
      .map(call -> call(call, now))
      .forEach(lines::add);
    if (inFlight.size() > CALLS_SHOWN) {
      lines.add("  and " + (inFlight.size() - CALLS_SHOWN) + " more in flight");
    }
    return lines;
  }

  private static String call(Call call, Instant now) {
    return "  " + age(call, now) + "  " + call.place() + attempt(call, now) + progress(call);
  }

  private static String progress(Call call) {
    Call.Progress progress = call.progress();
    if (progress == null) {
      return "";
    }
    Double share = progress.share();
    String percent = share == null ? "" : Math.round(100 * share) + " % ";
    return "  " + percent + Format.line(progress.message());
  }

  private static String age(Call call, Instant now) {
    Instant start = call.startedAt();
    if (start == null) {
      return "started";
    }
    String age = Format.duration(Duration.between(start, now));
    Instant deadline = call.deadlineAt();
    return deadline == null
      ? age
      : age + " of " + Format.duration(Duration.between(start, deadline).plus(HALF_A_SECOND));
  }

  private static String attempt(Call call, Instant now) {
    if (call.attempt() <= 1) {
      return "";
    }
    Call.LastError error = call.lastError();
    String cause = error == null || !error.active() ? "" : " after " + error.kind();
    Instant next = call.nextAttemptAt();
    String when =
      next == null || !next.isAfter(now)
        ? ""
        : " in " + Format.duration(Duration.between(now, next));
    return "  attempt " + call.attempt() + when + cause;
  }
}
