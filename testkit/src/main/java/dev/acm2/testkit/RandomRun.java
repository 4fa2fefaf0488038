package dev.acm2.testkit;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A whole valid run log out of a seed: calls interleave, retry, time out, lose their worker, are given
/// back, end late, are cancelled or skipped; the run is paused and resumed, archived and unarchived, calls
/// run again, and the finished run is opened again. Its last state is finished and not archived, with ends
/// that come too late behind it. The same seed gives the same log.
public final class RandomRun {

  private static final String[] MODELS = {
    "openai:gpt-5.1",
    "openai:gpt-5-mini",
    "openai-compatible:llama",
  };
  private static final Duration STEP = Duration.ofMillis(137);
  private static final int MAX_REOPENINGS = 2;

  private final Random random;
  /// Of its own, so that whoever tidies up changes nothing else.
  private final Random tidying;
  private final Facts facts = new Facts("test");
  private final RunId runId;
  private final RunSpec spec;
  private final List<RandomCall> calls = new ArrayList<>();
  private final List<RecordedEvent> log = new ArrayList<>();
  private boolean isPaused;
  private boolean isCancelled;
  private boolean isArchived;

  private RandomRun(long seed, RunId runId, int documents) {
    this.random = new Random(seed);
    this.tidying = new Random(~seed);
    this.runId = runId;
    this.spec = Specs.run(documents, 2, MODELS);
  }

  /// @param documents the run has 6 calls a document
  public static List<RecordedEvent> log(long seed, RunId runId, int documents) {
    RandomRun run = new RandomRun(seed, runId, documents);
    run.write();
    run.addLateEnds();
    return List.copyOf(run.log);
  }

  /// As [#log], and somebody deletes the run: too early, which has no effect, and when it has finished. More
  /// is appended for it behind that.
  public static List<RecordedEvent> deletedLog(long seed, RunId runId, int documents) {
    RandomRun run = new RandomRun(seed, runId, documents);
    run.write();
    run.log.add(
      1 + run.tidying.nextInt(run.firstEnd()),
      run.facts.stamp(runId, new RunDeleted("too early"))
    );
    run.add(new RunDeleted("it has served"));
    run.addLateEnds();
    run.add(new RunArchived("too late"));
    run.retry();
    run.calls
      .stream()
      .filter(call -> !call.isOver())
      .forEach(call -> run.add(call.next()));
    return List.copyOf(run.log);
  }

  private void write() {
    add(new RunRequested(spec, planned(), Facts.START.plus(spec.limits().runDeadline())));
    spec
      .generation()
      .models()
      .forEach(author -> {
        for (int iteration = 1; iteration <= author.iterations(); iteration++) {
          for (RunSpec.Document document : spec.documents()) {
            calls.add(call(CallPlace.generation(document.name(), author.model(), iteration)));
          }
        }
      });
    calls.forEach(call -> add(call.next()));
    live();
    for (int times = random.nextInt(MAX_REOPENINGS + 1); times > 0; times--) {
      if (calls.stream().anyMatch(RandomCall::hasEndedInVain)) {
        finishAndReopen();
        live();
      }
    }
    finish();
    if (isArchived) {
      putAwayOrTakeOut();
    }
  }

  private int firstEnd() {
    return log
      .stream()
      .map(RecordedEvent::event)
      .takeWhile(event -> !(event instanceof RunFinished))
      .toList()
      .size();
  }

  private void addLateEnds() {
    calls.forEach(call -> call.late.forEach(this::add));
  }

  /// The request may reach the log before the end of the run, of which nobody knew yet.
  private void finishAndReopen() {
    if (isCancelled || random.nextInt(3) > 0) {
      finish();
      add(new RunPauseRequested("too late"));
      retryInVain();
      retry();
    } else {
      retry();
      finish();
    }
    isCancelled = false;
  }

  private List<PlannedCalls> planned() {
    int documents = spec.documents().size();
    return spec
      .generation()
      .models()
      .stream()
      .map(author ->
        new PlannedCalls(Phase.GENERATION, author.model(), documents * author.iterations())
      )
      .toList();
  }

  private RandomCall call(CallPlace place) {
    CallFacts happens = new CallFacts(runId, place);
    return new RandomCall(random, happens, 0, () ->
      new CallResult.Document(happens.output(1, 1), "A text")
    );
  }

  private void live() {
    List<RandomCall> open = open();
    while (!open.isEmpty()) {
      intervene();
      if (tidying.nextInt(40) == 0) {
        putAwayOrTakeOut();
      }
      List<RandomCall> ready = open()
        .stream()
        .filter(call -> !isPaused || !call.waitsForRelease())
        .toList();
      if (!ready.isEmpty()) {
        add(ready.get(random.nextInt(ready.size())).next());
      } else if (isPaused) {
        resume();
      }
      open = open();
    }
  }

  private void finish() {
    add(new RunFinished(outcome(), "all calls have ended"));
    isPaused = false;
  }

  private List<RandomCall> open() {
    return calls
      .stream()
      .filter(call -> !call.isOver())
      .toList();
  }

  /// Now and then somebody asks for something.
  private void intervene() {
    switch (random.nextInt(60)) {
      case 0, 1 -> {
        add(new RunPauseRequested("somebody wants to look at it first"));
        isPaused = !isCancelled;
      }
      case 2, 3 -> resume();
      case 4 -> {
        if (!isCancelled) {
          retry();
        }
      }
      case 5 -> cancelInVain();
      case 6 -> cancel();
      default -> {
      }
    }
  }

  private void putAwayOrTakeOut() {
    add(isArchived ? new RunUnarchived("it is wanted") : new RunArchived("it is in the way"));
    isArchived = !isArchived;
  }

  private void resume() {
    add(new RunResumeRequested("looked at"));
    isPaused = false;
  }

  private void cancelInVain() {
    calls
      .stream()
      .filter(RandomCall::isOver)
      .findFirst()
      .ifPresent(call -> add(call.facts().cancelRequested()));
  }

  private void cancel() {
    if (random.nextInt(4) == 0) {
      add(new RunCancelRequested("enough"));
      isCancelled = true;
      isPaused = false;
      calls.forEach(RandomCall::stop);
    }
  }

  /// Nobody runs again what has succeeded.
  private void retryInVain() {
    calls
      .stream()
      .filter(RandomCall::hasSucceeded)
      .findFirst()
      .ifPresent(call -> add(retryRequest(List.of(call.facts().id()), null, null)));
  }

  /// Opens all or some of the calls again that ended in vain.
  private void retry() {
    List<RandomCall> again = calls.stream().filter(RandomCall::hasEndedInVain).toList();
    boolean some = random.nextBoolean() && !again.isEmpty();
    if (some) {
      again = again.subList(0, 1 + random.nextInt(again.size()));
    }
    @Nullable
    List<CallId> named = some
      ? again
          .stream()
          .map(call -> call.facts().id())
          .toList()
      : null;
    @Nullable
    Integer maxPaidCalls = random.nextBoolean() ? spec.limits().maxPaidCalls() + log.size() : null;
    @Nullable
    Usd maxCostUsd = random.nextBoolean() ? Usd.of("2000").plus(new Usd(log.size())) : null;
    add(retryRequest(named, maxPaidCalls, maxCostUsd));
    again.forEach(RandomCall::reopen);
  }

  private RunRetryRequested retryRequest(
    @Nullable List<CallId> named,
    @Nullable Integer maxPaidCalls,
    @Nullable Usd maxCostUsd
  ) {
    Instant deadlineAt = facts.now().plus(spec.limits().runDeadline());
    return new RunRetryRequested(named, maxPaidCalls, maxCostUsd, deadlineAt, "once more", null);
  }

  private Outcome outcome() {
    if (isCancelled) {
      return Outcome.CANCELLED;
    }
    boolean allOk = calls.stream().allMatch(RandomCall::hasSucceeded);
    boolean anyOk = calls.stream().anyMatch(RandomCall::hasSucceeded);
    if (allOk) {
      return Outcome.COMPLETED;
    }
    return anyOk ? Outcome.COMPLETED_WITH_ERRORS : Outcome.FAILED;
  }

  private void add(RunEvent event) {
    log.add(facts.after(STEP).stamp(runId, event));
  }
}
