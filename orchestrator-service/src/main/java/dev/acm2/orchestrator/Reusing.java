package dev.acm2.orchestrator;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunSpec.Reused;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Suspicion;
import dev.acm2.contract.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Ends the calls of the generation phase of a run that judges what another run has written: with the
/// document, or, when there is none, without.
///
/// Laws: no such call is released, in no epoch, so none is sent and none costs anything; what the later
/// phases make of its end is what they make of any.
final class Reusing {

  private static final Timings AT_ONCE = new Timings(Duration.ZERO, Duration.ZERO);

  private Reusing() {}

  /// Whether the call ends here, not at a worker.
  static boolean concerns(RunDraft run, int index) {
    return run.plan.reused() != null && index < run.plan.size();
  }

  /// Whether the call can succeed: any call that does not end here may.
  static boolean mayComeBack(RunDraft run, int index) {
    return !concerns(run, index) || find(run, run.plan.call(index)).isPresent();
  }

  /// Ends all that was announced and not yet taken.
  static void takeOver(RunDraft run) {
    OptionalInt index = PlanCursor.next(run, run.queued, _ -> true);
    while (index.isPresent()) {
      end(run, run.call(index.getAsInt()), 1);
      PlanCursor.take(run, index.getAsInt());
      index = PlanCursor.next(run, run.queued, _ -> true);
    }
  }

  /// Ends a call that was announced.
  static void end(RunDraft run, PlannedCall call, int epoch) {
    CallEnded end = find(run, call)
      .<CallEnded>map(output -> succeeded(call, epoch, output))
      .orElseGet(() -> missing(call, epoch));
    Skipping.one(run, call, end);
  }

  /// A success for which nobody had to send anything. It says nothing about its model.
  static boolean isTakenOver(CallEnded event) {
    return event instanceof CallSucceeded && event.attempt() == 0;
  }

  private static Optional<Reused> find(RunDraft run, PlannedCall call) {
    ReusedDocuments reused = run.plan.reused();
    return reused == null ? Optional.empty() : reused.find(call);
  }

  private static CallSucceeded succeeded(PlannedCall call, int epoch, Reused document) {
    return new CallSucceeded(
      call.callId(),
      epoch,
      0,
      new CallResult.Document(document.output(), document.preview(), suspicions(document)),
      Spend.NONE,
      Evidence.NONE,
      AT_ONCE,
      List.of(new CallArtifact(CallArtifact.Role.OUTPUT, epoch, 0, document.output()))
    );
  }

  /// Of a masked text nothing suspicious is left.
  private static List<Suspicion> suspicions(Reused document) {
    return document.original() == null ? document.suspicions() : List.of();
  }

  private static CallSkipped missing(PlannedCall call, int epoch) {
    return call.skipped(
      epoch,
      CallSkipped.Reason.DEPENDENCY_FAILED,
      "the run that is evaluated again has no such document"
    );
  }
}
