package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallHandedBack;
import java.time.Duration;

/// Gives calls back unfinished when the worker leaves: what was under way is aborted, and what it
/// has used is told. A call that was cancelled meanwhile ends as that.
public final class HandBack {

  private final InFlightCalls calls;
  private final CallEnds ends;
  private final Remains remains;
  private final String workerId;

  public HandBack(InFlightCalls calls, CallEnds ends, ArtifactStore artifacts, String workerId) {
    this.calls = calls;
    this.ends = ends;
    this.remains = new Remains(artifacts);
    this.workerId = workerId;
  }

  /// Gives back all calls in flight, and waits until that is written.
  ///
  /// @return how many are not written when the time is over
  public int all(String reason, Duration patience) throws InterruptedException {
    calls.all().forEach(call -> call.claim().ifPresent(so -> abort(call, so, reason)));
    return calls.awaitNone(patience) ? 0 : calls.size();
  }

  private void abort(InFlightCall call, Progress so, String reason) {
    call.release();
    Thread.ofVirtual()
      .name("hand-back-" + call.item().callId())
      .start(() -> write(call, so, reason));
  }

  private void write(InFlightCall call, Progress so, String reason) {
    Remains.Kept kept = remains.keep(call, so);
    InFlightCall.Cancelled cancelled = call.cancelled();
    if (cancelled == null) {
      ends.handBack(call, event(call, kept, reason));
    } else {
      ends.write(call, ends.cancelled(call, kept.progress(), cancelled.reason() + kept.note()));
    }
  }

  private CallHandedBack event(InFlightCall call, Remains.Kept kept, String reason) {
    return new CallHandedBack(
      call.item().callId(),
      call.item().epoch(),
      kept.progress().attempt(),
      workerId,
      reason + kept.note(),
      kept.progress().spend(),
      kept.progress().artifacts()
    );
  }
}
