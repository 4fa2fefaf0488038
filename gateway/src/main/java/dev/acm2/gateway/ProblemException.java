package dev.acm2.gateway;

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

  static ProblemException invalidId(String what, String text) {
    return of(Problem.of(400, "invalid-id", "not " + what + ": " + shortened(text), "id"));
  }

  static ProblemException invalidCursor(String detail, String field) {
    return of(Problem.of(400, "invalid-cursor", detail, field));
  }

  static ProblemException invalidState(String text) {
    return of(Problem.of(400, "invalid-state", "no state of a call: " + shortened(text), "state"));
  }

  static ProblemException runNotFound() {
    return of(Problem.of(404, "run-not-found", "there is no such run", "id"));
  }

  static ProblemException artifactNotFound() {
    return of(Problem.of(404, "artifact-not-found", "there is no such artifact", "id"));
  }

  static ProblemException runFinished() {
    return of(Problem.of(409, "run-state", "the run has finished", null));
  }

  static ProblemException storeUnavailable(Throwable cause) {
    return new ProblemException(
      Problem.of(503, "store-unavailable", "the tables cannot be read at the moment", null),
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
