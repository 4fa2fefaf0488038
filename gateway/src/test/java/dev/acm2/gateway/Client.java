package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a browser makes of the frames, and what it relies on.
final class Client {

  private final RunId runId;
  private final SortedMap<CallId, CallView> calls = new TreeMap<>();
  private @Nullable RunView run;
  private @Nullable AsOf asOf;

  Client(RunId runId) {
    this.runId = runId;
  }

  void apply(Snapshot snapshot) {
    assertThat(snapshot.run().runId()).isEqualTo(runId);
    assertThat(snapshot.run().spec()).isNotNull();
    assertThat(snapshot.run().asOf()).isEqualTo(snapshot.asOf());
    calls.clear();
    snapshot.calls().forEach(this::put);
    run = snapshot.run();
    asOf = snapshot.asOf();
  }

  void apply(Delta delta) {
    RunView changed = delta.run();
    assertThat(asOf).as("a snapshot came first").isNotNull();
    assertThat(changed).isNotNull();
    if (changed != null && asOf != null) {
      assertThat(changed.runId()).isEqualTo(runId);
      assertThat(changed.spec()).isNull();
      assertThat(delta.asOf().offset()).isGreaterThan(asOf.offset());
      assertThat(delta.asOf().generation()).isEqualTo(asOf.generation());
      delta
        .calls()
        .forEach(call -> assertThat(call.version()).isLessThanOrEqualTo(delta.asOf().offset()));
      delta.calls().forEach(this::put);
      run = changed;
    }
    asOf = delta.asOf();
  }

  void forget() {
    calls.clear();
    run = null;
    asOf = null;
  }

  @Nullable
  AsOf asOf() {
    return asOf;
  }

  @Nullable
  RunView run() {
    return run == null ? null : run.withSpec(null);
  }

  Collection<CallView> calls() {
    return calls.values();
  }

  private void put(CallView call) {
    assertThat(call.runId()).isEqualTo(runId);
    CallView known = calls.put(call.callId(), call);
    assertThat(known == null || known.version() < call.version())
      .as("versions only rise")
      .isTrue();
  }
}
