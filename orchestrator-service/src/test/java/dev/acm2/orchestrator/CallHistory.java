package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the log of a run says of its calls, read as everyone reads it: the first end of an opening
/// decides. Checks the laws of the log and of the decisions between its events on the way.
final class CallHistory {

  final Set<CallId> succeeded = new HashSet<>();
  int reopened;
  int finished;

  private final RunBench bench;
  private final Map<CallId, Integer> epochs = new HashMap<>();
  private final Set<CallId> ended = new HashSet<>();
  private final Set<CallId> cancelled = new HashSet<>();
  private boolean open;
  private boolean stopping;

  private CallHistory(RunBench bench) {
    this.bench = bench;
  }

  static CallHistory of(RunBench bench) {
    CallHistory history = new CallHistory(bench);
    int decided = 0;
    for (int read = 0; read < bench.log.size(); read++) {
      history.read(bench.log.get(read).event());
      while (decided < bench.decisions.size() && bench.decidedAt.get(decided) <= read + 1) {
        history.decided(bench.decisions.get(decided));
        decided++;
      }
    }
    return history;
  }

  private void read(RunEvent event) {
    switch (event) {
      case RunRequested _ -> open = open || epochs.isEmpty();
      case CallQueued queued -> queued(queued);
      case RunCancelRequested _ -> stopping = true;
      case CallCancelRequested(CallId callId, String _) -> {
        if (open && !stopping && !ended.contains(callId)) {
          cancelled.add(callId);
        }
      }
      case CallOrphaned orphaned -> {
        if (orphaned.policy() == CallOrphaned.Policy.REDISPATCHED) {
          next(orphaned.callId(), orphaned.epoch());
        }
      }
      case CallHandedBack handedBack -> next(handedBack.callId(), handedBack.epoch());
      case CallEnded end -> ended(end);
      case RunFinished _ -> finished();
      default -> {
      }
    }
  }

  private int epoch(CallId callId) {
    return epochs.getOrDefault(callId, 1);
  }

  private void queued(CallQueued event) {
    if (event.epoch() <= epoch(event.callId())) {
      return;
    }
    assertThat(ended).as("opened again").contains(event.callId());
    assertThat(succeeded).as("opened again").doesNotContain(event.callId());
    assertThat(event.epoch()).isEqualTo(epoch(event.callId()) + 1);
    epochs.put(event.callId(), event.epoch());
    ended.remove(event.callId());
    reopened++;
    open = true;
  }

  private void next(CallId callId, int epoch) {
    if (!ended.contains(callId) && epoch == epoch(callId)) {
      epochs.put(callId, epoch + 1);
    }
  }

  private void ended(CallEnded event) {
    CallId callId = event.callId();
    if (ended.contains(callId) || event.epoch() < epoch(callId)) {
      return;
    }
    assertThat(open).as("the run is not over").isTrue();
    epochs.put(callId, event.epoch());
    ended.add(callId);
    cancelled.remove(callId);
    if (event instanceof CallSucceeded) {
      succeeded.add(callId);
    }
  }

  private void finished() {
    assertThat(open).as("one end of the run an opening").isTrue();
    assertThat(ended).hasSize(bench.plan.size());
    finished++;
    open = false;
    stopping = false;
  }

  /// Nothing of a cancelled call is released, and nothing of a call that has ended.
  private void decided(Decision decision) {
    if (decision instanceof Decision.Instruct(String _, LaneCommand.Enqueue call)) {
      assertThat(cancelled).as("released").doesNotContain(call.callId());
      boolean over = ended.contains(call.callId()) && call.epoch() <= epoch(call.callId());
      assertThat(over).as("%s released after its end", call.callId()).isFalse();
    }
  }

  boolean isOpen() {
    return open;
  }
}
