package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog.Entry;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the raw events say about each call, by rules of its own: were the fold wrong, this would not
/// follow it. Pure.
final class CallCheck {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final RunId runId;
  private final Map<CallId, Seen> calls = new TreeMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final List<String> doubles = new ArrayList<>();
  private final List<String> lateEnds = new ArrayList<>();

  /// Phases that somebody asked to run anew: what had succeeded in them may be opened again.
  private final Set<Phase> anew = EnumSet.noneOf(Phase.class);

  private @Nullable Instant lastAppend;

  CallCheck(RunId runId) {
    this.runId = runId;
  }

  private static final class Seen {

    private int epoch;
    private @Nullable UUID winner;
    private boolean succeeded;
    private boolean hasWritten;
    private final Map<Integer, UUID> starts = new TreeMap<>();
    private final Map<Integer, Instant> deadlines = new TreeMap<>();
    private final Set<Integer> told = new TreeSet<>();
  }

  void accept(Entry entry) {
    lastAppend = entry.appendedAt();
    RunEvent event = entry.recorded().event();
    if (event instanceof CallEvent of) {
      accept(of, entry);
    } else if (event instanceof RunRetryRequested retry && retry.from() != null) {
      anew.addAll(EnumSet.range(retry.from(), Phase.POST_COMBINE));
    }
  }

  /// I7: calls that are not of this run.
  List<String> strangers() {
    return strangers;
  }

  /// I3: ends after their deadline, and calls that are under way although it has passed.
  List<String> lateEnds() {
    List<String> violations = new ArrayList<>();
    calls.forEach((id, call) -> {
      Instant due = call.winner == null ? call.deadlines.get(call.epoch) : null;
      if (due != null && lastAppend != null && lastAppend.isAfter(due.plus(GRACE))) {
        violations.add("call " + id + " was due at " + due + " and has not ended");
      }
    });
    violations.addAll(lateEnds);
    return violations;
  }

  /// I5: whether somebody said at the end of the epoch what it had used.
  boolean told(CallId id, int epoch) {
    Seen call = calls.get(id);
    return call != null && call.told.contains(epoch);
  }

  /// I4: second starts in one epoch, successes that were thrown away, and ends that count here and not in
  /// the fold.
  List<String> doubles(RunProjection projection) {
    List<String> violations = new ArrayList<>(doubles);
    calls.forEach((id, call) -> {
      CallView view = projection.call(id);
      UUID folded = view == null ? null : view.endedBy();
      if (!Objects.equals(folded, call.winner)) {
        violations.add("call " + id + " ended by " + folded + " instead of " + call.winner);
      }
    });
    return violations;
  }

  private void accept(CallEvent event, Entry entry) {
    Seen call = calls.get(event.callId());
    if (call == null) {
      boolean names = event instanceof CallQueued || event instanceof CallSkipped;
      if (!names) {
        strangers.add(
          "event " + entry.offset() + " is of call " + event.callId() + ", never queued"
        );
        return;
      }
      call = new Seen();
      calls.put(event.callId(), call);
    }
    follow(call, event, entry);
  }

  private void follow(Seen call, CallEvent event, Entry entry) {
    switch (event) {
      case CallQueued queued -> {
        checkOrigin(queued.callId(), place(queued), entry);
        reopen(call, queued, queued.phase());
      }
      case CallStarted started -> started(call, started, entry);
      case CallHandedBack handedBack -> handedBack(call, handedBack, entry);
      case CallOrphaned orphaned -> orphaned(call, orphaned);
      case CallSkipped skipped -> {
        checkOrigin(skipped.callId(), place(skipped), entry);
        skippedAgain(call, skipped);
        ended(call, skipped, entry);
      }
      case CallEnded ended -> ended(call, ended, entry);
      case RunEvent.CallDispatched _, RunEvent.CallRetried _, RunEvent.CallProgressed _ -> {
      }
    }
  }

  /// A call that writes is known by its place in the plan, one that judges or combines by what it works
  /// on: documents that calls of this run have written.
  private void checkOrigin(CallId id, CallPlace place, Entry entry) {
    String subject = place.subject();
    if (place.phase() == Phase.GENERATION) {
      check(CallId.of(runId, place).equals(id), id, entry);
    } else if (subject != null) {
      check(Stream.of(subject.split(":")).allMatch(this::isWritten), id, entry);
    }
  }

  private boolean isWritten(String document) {
    Seen author = calls.get(CallId.parse(document));
    return author != null && author.hasWritten;
  }

  private void check(boolean holds, CallId id, Entry entry) {
    if (!holds) {
      strangers.add("event " + entry.offset() + " names call " + id + ", which is not of this run");
    }
  }

  private static CallPlace place(CallQueued event) {
    return new CallPlace(
      event.phase(),
      event.document(),
      event.model(),
      event.iteration(),
      event.subject()
    );
  }

  private static CallPlace place(CallSkipped event) {
    return new CallPlace(
      event.phase(),
      event.document(),
      event.model(),
      event.iteration(),
      event.subject()
    );
  }

  /// A call that was to run again and cannot, for example since what it works on does not exist any more.
  private void skippedAgain(Seen call, CallSkipped event) {
    boolean mayOpen = !call.succeeded || anew.contains(event.phase());
    if (call.winner != null && mayOpen) {
      reopen(call, event, event.phase());
    }
  }

  private void reopen(Seen call, CallEvent event, Phase phase) {
    boolean isNext = event.epoch() > call.epoch;
    if (isNext && call.winner != null && call.succeeded && !anew.contains(phase)) {
      doubles.add("call " + event.callId() + " was opened again after its success");
    } else if (isNext && (call.epoch == 0 || call.winner != null)) {
      call.epoch = event.epoch();
      call.winner = null;
    }
  }

  private void started(Seen call, CallStarted event, Entry entry) {
    UUID id = entry.recorded().meta().eventId();
    UUID first = call.starts.putIfAbsent(event.epoch(), id);
    call.deadlines.putIfAbsent(event.epoch(), event.deadlineAt());
    if (first != null && !first.equals(id)) {
      doubles.add("call " + event.callId() + " started twice in epoch " + event.epoch());
    }
  }

  /// What was given back is over as what has ended is: by its deadline.
  private void handedBack(Seen call, CallHandedBack event, Entry entry) {
    call.told.add(event.epoch());
    if (isUnderWay(call, event)) {
      checkDeadline(call, event, entry);
      call.epoch = event.epoch() + 1;
    }
  }

  private static void orphaned(Seen call, CallOrphaned event) {
    if (isUnderWay(call, event) && event.policy() == Policy.REDISPATCHED) {
      call.epoch = event.epoch() + 1;
    }
  }

  private static boolean isUnderWay(Seen call, CallEvent event) {
    boolean current = event.epoch() == call.epoch && call.winner == null;
    return current && call.starts.containsKey(event.epoch());
  }

  private void ended(Seen call, CallEnded event, Entry entry) {
    if (event.spend() != null) {
      call.told.add(event.epoch());
    }
    if (call.winner != null || event.epoch() < call.epoch) {
      return;
    }
    call.winner = entry.recorded().meta().eventId();
    call.succeeded = event instanceof CallSucceeded;
    call.hasWritten |= call.succeeded;
    call.epoch = event.epoch();
    checkDeadline(call, event, entry);
  }

  private void checkDeadline(Seen call, CallEvent event, Entry entry) {
    Instant due = call.deadlines.get(event.epoch());
    if (due != null && entry.appendedAt().isAfter(due.plus(GRACE))) {
      lateEnds.add(
        "call " + event.callId() + " was due at " + due + " and ended at " + entry.appendedAt()
      );
    }
  }
}
