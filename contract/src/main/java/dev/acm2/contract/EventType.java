package dev.acm2.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The logical names of events on the wire. They never change, whatever the Java classes are called.
public enum EventType {
  RUN_REQUESTED("run-requested", RunEvent.RunRequested.class),
  RUN_CANCEL_REQUESTED("run-cancel-requested", RunEvent.RunCancelRequested.class),
  RUN_PAUSE_REQUESTED("run-pause-requested", RunEvent.RunPauseRequested.class),
  RUN_RESUME_REQUESTED("run-resume-requested", RunEvent.RunResumeRequested.class),
  RUN_RETRY_REQUESTED("run-retry-requested", RunEvent.RunRetryRequested.class),
  RUN_ARCHIVED("run-archived", RunEvent.RunArchived.class),
  RUN_UNARCHIVED("run-unarchived", RunEvent.RunUnarchived.class),
  RUN_DELETED("run-deleted", RunEvent.RunDeleted.class),
  CALL_CANCEL_REQUESTED("call-cancel-requested", RunEvent.CallCancelRequested.class),
  RUN_FINISHED("run-finished", RunEvent.RunFinished.class),
  CALL_QUEUED("call-queued", RunEvent.CallQueued.class),
  CALL_DISPATCHED("call-dispatched", RunEvent.CallDispatched.class),
  CALL_STARTED("call-started", RunEvent.CallStarted.class),
  CALL_PROGRESSED("call-progressed", RunEvent.CallProgressed.class),
  CALL_HANDED_BACK("call-handed-back", RunEvent.CallHandedBack.class),
  CALL_RETRIED("call-retried", RunEvent.CallRetried.class),
  CALL_SUCCEEDED("call-succeeded", RunEvent.CallSucceeded.class),
  CALL_FAILED("call-failed", RunEvent.CallFailed.class),
  CALL_TIMED_OUT("call-timed-out", RunEvent.CallTimedOut.class),
  CALL_CANCELLED("call-cancelled", RunEvent.CallCancelled.class),
  CALL_ORPHANED("call-orphaned", RunEvent.CallOrphaned.class),
  CALL_SKIPPED("call-skipped", RunEvent.CallSkipped.class);

  private static final Map<String, EventType> BY_NAME = Arrays.stream(values()).collect(
    Collectors.toMap(EventType::wireName, Function.identity())
  );

  private final String wireName;
  private final Class<? extends RunEvent> javaType;

  EventType(String wireName, Class<? extends RunEvent> javaType) {
    this.wireName = wireName;
    this.javaType = javaType;
  }

  public String wireName() {
    return wireName;
  }

  public Class<? extends RunEvent> javaType() {
    return javaType;
  }

  public static Optional<EventType> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }

  /// The type of an event; the compiler names this place when an event is added.
  public static EventType of(RunEvent event) {
    return switch (event) {
      case RunEvent.RunRequested _ -> RUN_REQUESTED;
      case RunEvent.RunCancelRequested _ -> RUN_CANCEL_REQUESTED;
      case RunEvent.RunPauseRequested _ -> RUN_PAUSE_REQUESTED;
      case RunEvent.RunResumeRequested _ -> RUN_RESUME_REQUESTED;
      case RunEvent.RunRetryRequested _ -> RUN_RETRY_REQUESTED;
      case RunEvent.RunArchived _ -> RUN_ARCHIVED;
      case RunEvent.RunUnarchived _ -> RUN_UNARCHIVED;
      case RunEvent.RunDeleted _ -> RUN_DELETED;
      case RunEvent.CallCancelRequested _ -> CALL_CANCEL_REQUESTED;
      case RunEvent.RunFinished _ -> RUN_FINISHED;
      case RunEvent.CallQueued _ -> CALL_QUEUED;
      case RunEvent.CallDispatched _ -> CALL_DISPATCHED;
      case RunEvent.CallStarted _ -> CALL_STARTED;
      case RunEvent.CallProgressed _ -> CALL_PROGRESSED;
      case RunEvent.CallHandedBack _ -> CALL_HANDED_BACK;
      case RunEvent.CallRetried _ -> CALL_RETRIED;
      case RunEvent.CallSucceeded _ -> CALL_SUCCEEDED;
      case RunEvent.CallFailed _ -> CALL_FAILED;
      case RunEvent.CallTimedOut _ -> CALL_TIMED_OUT;
      case RunEvent.CallCancelled _ -> CALL_CANCELLED;
      case RunEvent.CallOrphaned _ -> CALL_ORPHANED;
      case RunEvent.CallSkipped _ -> CALL_SKIPPED;
    };
  }
}
