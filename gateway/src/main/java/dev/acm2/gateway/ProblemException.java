package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.projection.CallState;
import org.jspecify.annotations.Nullable;

/// An answer that is a problem.
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }

  static ProblemException invalidId(String what, String text, String field) {
    return of(Problem.of(400, "invalid-id", "not " + what + ": " + shortened(text), field));
  }

  static ProblemException invalidCursor(String detail, String field) {
    return of(Problem.of(400, "invalid-cursor", detail, field));
  }

  static ProblemException invalidState(String text) {
    return of(Problem.of(400, "invalid-state", "no state of a call: " + shortened(text), "state"));
  }

  static ProblemException invalidLevel(String text) {
    return of(Problem.of(400, "invalid-level", "no level of a line: " + shortened(text), "level"));
  }

  static ProblemException invalidExport(String field, String detail) {
    return of(Problem.of(400, "invalid-export", detail, field));
  }

  static ProblemException runNotFound() {
    return of(Problem.of(404, "run-not-found", "there is no such run", "id"));
  }

  static ProblemException runDeleted() {
    return of(Problem.of(404, "run-not-found", "the run was deleted", "id"));
  }

  static ProblemException callNotFound(CallId id) {
    return of(Problem.of(404, "call-not-found", "the run has no call " + id, "callId"));
  }

  static ProblemException documentNotFound(CallId id) {
    return of(Problem.of(404, "document-not-found", "the run has no document " + id, "docId"));
  }

  static ProblemException artifactNotFound() {
    return of(Problem.of(404, "artifact-not-found", "there is no such artifact", "id"));
  }

  static ProblemException runFinished() {
    return of(Problem.of(409, "run-state", "the run has finished", null));
  }

  static ProblemException notFinished() {
    return of(Problem.of(409, "run-state", "the run has not finished", null));
  }

  static ProblemException nothingWritten() {
    return of(Problem.of(409, "run-state", "the run has written no document", null));
  }

  static ProblemException malformed(String detail) {
    return of(Problem.of(400, "malformed-json", detail, null));
  }

  static ProblemException unknownField(String field, String name) {
    return of(Problem.of(400, "unknown-field", "there is no field " + name + " here", field));
  }

  static ProblemException invalidField(String field, String detail) {
    return of(Problem.of(422, "validation", detail, field));
  }

  static ProblemException callEnded(CallState state) {
    return of(Problem.of(409, "call-state", "the call has ended: " + state, null));
  }

  static ProblemException nothingToRetry() {
    return of(Problem.of(409, "nothing-to-retry", "no such call has ended without success", null));
  }

  static ProblemException nothingToRunAnew(Phase from) {
    return of(Problem.of(409, "nothing-to-retry", "the run has no call of phase " + from, null));
  }

  static ProblemException presetNotFound() {
    return of(Problem.of(404, "preset-not-found", "there is no such preset", "name"));
  }

  /// @param newest null when there is none
  static ProblemException presetChanged(@Nullable Integer newest, @Nullable Integer basedOn) {
    String detail =
      newest == null
        ? "there is no such preset any more"
        : "the latest version is " + newest + (basedOn == null ? "" : ", not " + basedOn);
    return of(Problem.of(409, "preset-changed", detail, "basedOn"));
  }

  static ProblemException limitBelowUse(String field, String used) {
    String detail = field + " is below the " + used + " that the run has used";
    return of(Problem.of(422, "validation", detail, field));
  }

  static ProblemException storeUnavailable(Throwable cause) {
    return new ProblemException(
      Problem.of(503, "store-unavailable", "the database does not answer at the moment", null),
      cause
    );
  }

  static ProblemException viewsBehind() {
    return of(Problem.of(503, "store-unavailable", "the tables do not hold the run yet", null));
  }

  static ProblemException logUnavailable(Throwable cause) {
    return new ProblemException(
      Problem.of(503, "log-unavailable", "the log cannot be read at the moment", null),
      cause
    );
  }

  static ProblemException catchingUp() {
    return of(Problem.of(503, "log-unavailable", "the log has not been read yet", null));
  }

  static ProblemException orchestratorUnavailable(Throwable cause) {
    return new ProblemException(
      Problem.of(503, "orchestrator-unavailable", "runs cannot be accepted at the moment", null),
      cause
    );
  }

  private static ProblemException of(Problem problem) {
    return new ProblemException(problem, null);
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
