package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the log of a run that judges says, read as everyone reads it, and what the decider did at each
/// place of it. Checks the laws of both on the way.
final class JudgedHistory {

  final Set<CallId> succeeded = new HashSet<>();
  final Set<CallId> settled = new HashSet<>();
  int passes;

  private final RunBench bench;
  private final PhaseLayout layout;

  /// The epoch that each call has come to, and those whose end in it was read.
  private final Map<CallId, Integer> epochs = new HashMap<>();
  private final Set<CallId> ended = new HashSet<>();

  /// Calls that have to end before the run may, and of these the ones that were not yet heard of since
  /// the run, or the last pass over their phase, began.
  private final Set<CallId> pending = new HashSet<>();
  private final Set<CallId> unheard = new HashSet<>();

  /// The least epoch that counts, of calls that are run anew.
  private final Map<CallId, Integer> floors = new HashMap<>();

  private final Map<CallId, ArtifactRef> documents = new HashMap<>();

  /// Calls that ended because what they work on does not exist.
  private final Set<CallId> lacking = new HashSet<>();
  private final Set<CallId> cancelled = new HashSet<>();
  private boolean over;
  private boolean stopping;

  private JudgedHistory(RunBench bench) {
    this.bench = bench;
    this.layout = bench.plan.layout();
    calls(0).forEach(pending::add);
    unheard.addAll(pending);
  }

  static JudgedHistory of(RunBench bench) {
    JudgedHistory history = new JudgedHistory(bench);
    int decided = 0;
    for (int read = 0; read < bench.log.size(); read++) {
      RunEvent event = bench.log.get(read).event();
      history.read(event);
      while (decided < bench.decisions.size() && bench.decidedAt.get(decided) <= read + 1) {
        history.decided(bench.decisions.get(decided), event);
        decided++;
      }
    }
    assertThat(history.over).as("the run has ended").isTrue();
    return history;
  }

  private Stream<CallId> calls(int from) {
    return IntStream.range(from, bench.plan.total()).mapToObj(this::id);
  }

  private CallId id(int index) {
    return bench.plan.call(index).callId();
  }

  private void read(RunEvent event) {
    switch (event) {
      case CallQueued queued -> queued(queued);
      case RunCancelRequested _ -> stopping = !over;
      case CallCancelRequested(CallId callId, String _) -> {
        if (!over && !stopping && epochs.containsKey(callId) && !ended.contains(callId)) {
          cancelled.add(callId);
        }
      }
      case RunRetryRequested retry -> {
        Phase from = retry.from();
        if (over && from != null && from != Phase.GENERATION && layout.size(from) > 0) {
          startOver(from);
        }
      }
      case CallOrphaned orphaned -> {
        if (orphaned.policy() == CallOrphaned.Policy.REDISPATCHED) {
          next(orphaned.callId(), orphaned.epoch());
        }
      }
      case CallHandedBack handedBack -> next(handedBack.callId(), handedBack.epoch());
      case CallEnded end -> ended(end);
      default -> {
      }
    }
  }

  private void startOver(Phase from) {
    passes++;
    over = false;
    int highest = epochs.values().stream().max(Integer::compare).orElse(0);
    calls(layout.first(from)).forEach(call -> {
      pending.add(call);
      unheard.add(call);
      floors.put(call, highest + 1);
      succeeded.remove(call);
      settled.remove(call);
      documents.remove(call);
    });
  }

  private void queued(CallQueued event) {
    CallId call = event.callId();
    if (event.epoch() <= epochs.getOrDefault(call, 0)) {
      return;
    }
    assertThat(succeeded).as("opened again").doesNotContain(call);
    assertThat(event.epoch()).isGreaterThanOrEqualTo(floors.getOrDefault(call, 1));
    epochs.put(call, event.epoch());
    ended.remove(call);
    pending.add(call);
  }

  private void next(CallId call, int epoch) {
    if (!ended.contains(call) && epoch == epochs.getOrDefault(call, 0)) {
      epochs.put(call, epoch + 1);
    }
  }

  /// The first end of the latest epoch decides; so no epoch is decided twice.
  private void ended(CallEnded event) {
    CallId call = event.callId();
    int epoch = epochs.getOrDefault(call, 0);
    if (event.epoch() < epoch || (event.epoch() == epoch && ended.contains(call))) {
      return;
    }
    assertThat(over).as("ended after the run").isFalse();
    assertThat(event.epoch()).isGreaterThanOrEqualTo(floors.getOrDefault(call, 1));
    epochs.put(call, event.epoch());
    ended.add(call);
    pending.remove(call);
    unheard.remove(call);
    cancelled.remove(call);
    lacking.remove(call);
    switch (event) {
      case CallSucceeded success -> {
        succeeded.add(call);
        if (success.result() instanceof CallResult.Document document) {
          documents.put(call, document.output());
        }
      }
      case CallSkipped skip when skip.reason() == CallSkipped.Reason.SETTLED -> settled.add(call);
      case CallSkipped skip when skip.reason() == CallSkipped.Reason.DEPENDENCY_FAILED -> {
        lacking.add(call);
      }
      default -> {
      }
    }
  }

  /// @param cause what was read last
  private void decided(Decision decision, RunEvent cause) {
    switch (decision) {
      case Decision.Instruct(String _, LaneCommand.Enqueue call) -> released(call);
      case Decision.Append(RunFinished _) -> finished();
      case Decision.Append(CallQueued _) -> {
        assertThat(over && !(cause instanceof RunRetryRequested))
          .as("opened unasked")
          .isFalse();
        over = false;
      }
      default -> {
      }
    }
  }

  private void finished() {
    assertThat(over).as("one end of the run an opening").isFalse();
    assertThat(pending).as("calls that have not ended").isEmpty();
    assertThat(ended).hasSize(bench.plan.total());
    for (CallId call : lacking) {
      int index = bench.plan.indexOf(call).orElseThrow();
      if (layout.phase(index) == Phase.SINGLE_EVAL) {
        assertThat(documents)
          .as("%s lacks", index)
          .doesNotContainKey(id(layout.scored(index)));
      }
    }
    over = true;
    stopping = false;
  }

  private void released(LaneCommand.Enqueue call) {
    assertThat(cancelled).as("released").doesNotContain(call.callId());
    boolean hasEnded =
      ended.contains(call.callId()) && call.epoch() <= epochs.getOrDefault(call.callId(), 0);
    assertThat(hasEnded).as("%s released after its end", call.callId()).isFalse();
    if (call.phase() != Phase.GENERATION) {
      List<CallId> works = Stream.of(String.valueOf(call.subject()).split(":"))
        .map(CallId::parse)
        .toList();
      assertThat(works)
        .hasSize(call.phase() == Phase.SINGLE_EVAL ? 1 : 2)
        .doesNotHaveDuplicates();
      assertThat(documents).containsKeys(works.toArray(CallId[]::new));
      List<ArtifactRef> inputs = call.prompt().inputs();
      assertThat(inputs.subList(inputs.size() - works.size(), inputs.size()))
        .as("the latest of these documents")
        .isEqualTo(works.stream().map(documents::get).toList());
      earlierPhasesWereHeard(call);
    }
  }

  private void earlierPhasesWereHeard(LaneCommand.Enqueue call) {
    int index = bench.plan.indexOf(call.callId()).orElseThrow();
    if (call.phase() == Phase.SINGLE_EVAL) {
      return;
    }
    for (CallId earlier : unheard) {
      int before = bench.plan.indexOf(earlier).orElseThrow();
      boolean lacking =
        layout.source(before) == layout.source(index) &&
        layout.phase(before).compareTo(call.phase()) < 0;
      assertThat(lacking).as("%s released before %s has ended", index, before).isFalse();
    }
  }
}
