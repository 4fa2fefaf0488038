package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.Sha256;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One whole run in memory, folded event by event. For `verify` and tests; the projector keeps the same
/// state in stores.
public final class RunProjection {

  private @Nullable RunView run;
  private final SortedMap<CallId, CallView> calls = new TreeMap<>();

  /// Applies an event at its position; one at or before the last position changes nothing.
  public void apply(RecordedEvent recorded, AsOf at) {
    @Nullable
    CallId id = recorded.event() instanceof CallEvent event ? event.callId() : null;
    RunFold.Step step = RunFold.evolve(run, id == null ? null : calls.get(id), recorded, at);
    run = step.run();
    if (run != null && run.deleted()) {
      calls.clear();
    } else if (id != null && step.call() != null) {
      calls.put(id, step.call());
    }
  }

  public @Nullable RunView run() {
    return run;
  }

  public Collection<CallView> calls() {
    return calls.values();
  }

  public @Nullable CallView call(CallId id) {
    return calls.get(id);
  }

  /// SHA-256 of the canonical JSON of the run (without its spec) and of its calls in the order of their
  /// ids.
  public String digest() {
    return run == null ? Sha256.hex(new byte[0]) : digest(run, calls.values());
  }

  /// The same digest, of views from anywhere.
  ///
  /// @param calls in the order of their ids
  public static String digest(RunView run, Collection<CallView> calls) {
    var digest = Sha256.newDigest();
    digest.update(ContractJson.VIEWS.writeValueAsBytes(run.withSpec(null)));
    for (CallView call : calls) {
      digest.update(ContractJson.VIEWS.writeValueAsBytes(call));
    }
    return java.util.HexFormat.of().formatHex(digest.digest());
  }
}
