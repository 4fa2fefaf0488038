package dev.acm2.projector;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunFold;
import dev.acm2.projection.RunFold.Step;
import dev.acm2.projection.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The shell of the fold: state in, event in, state and views out. Whatever cannot be folded goes to
/// quarantine, and nothing stops.
///
/// The call goes out before the run of the same version, so that a run view at version v implies all
/// calls up to v. Of a deleted run the last view stays, which says so; what comes later is passed over.
final class FoldProcessor implements Processor<byte[], byte[], Object, Object> {

  private final int generation;
  private @Nullable ProcessorContext<Object, Object> context;
  private @Nullable KeyValueStore<String, byte[]> runs;
  private @Nullable KeyValueStore<String, byte[]> calls;

  FoldProcessor(int generation) {
    this.generation = generation;
  }

  /// What comes of an event.
  private sealed interface Outcome {}

  /// What an event changes, written out: nothing is kept or sent before all of it can be.
  private record Change(
    String runKey,
    byte[] run,
    byte[] runWithSpec,
    boolean isFirst,
    boolean deletes,
    @Nullable String callKey,
    byte @Nullable [] call
  ) implements Outcome {}

  /// Why the event cannot be folded.
  private record Refused(String why) implements Outcome {}

  /// The run is deleted.
  private record PassedOver() implements Outcome {}

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    runs = processorContext.getStateStore(ProjectorTopology.RUNS);
    calls = processorContext.getStateStore(ProjectorTopology.CALLS);
  }

  @Override
  public void process(Record<byte[], byte[]> received) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Map<String, String> headers = EventRecords.toMap(received.headers());
    switch (EventCodec.decode(received.key(), received.value(), headers)) {
      case Decoded.Known(RecordedEvent recorded) -> fold(received, recorded, at);
      case Decoded.UnknownType(String type, String version) -> quarantine(
        received,
        at,
        "unknown type " + type + " of version " + version
      );
      case Decoded.Undecodable(String reason) -> quarantine(received, at, reason);
    }
  }

  private void fold(Record<byte[], byte[]> received, RecordedEvent recorded, RecordMetadata at) {
    switch (outcome(recorded, at)) {
      case Change change -> apply(change, at.partition(), received.timestamp());
      case Refused(String why) -> quarantine(received, at, why);
      case PassedOver _ -> {
      }
    }
  }

  private Outcome outcome(RecordedEvent recorded, RecordMetadata at) {
    try {
      @Nullable
      RunView run = read(runs(), recorded.runId().toString(), RunView.class);
      return run != null && run.deleted() ? new PassedOver() : change(run, recorded, at);
    } catch (RuntimeException e) {
      return new Refused("cannot be folded: " + e);
    }
  }

  private Outcome change(@Nullable RunView run, RecordedEvent recorded, RecordMetadata at) {
    String runKey = recorded.runId().toString();
    @Nullable
    String callKey =
      recorded.event() instanceof CallEvent event ? runKey + "/" + event.callId() : null;
    @Nullable
    CallView call = callKey == null ? null : read(calls(), callKey, CallView.class);
    AsOf asOf = new AsOf(generation, at.partition(), at.offset());
    Step step = RunFold.evolve(run, call, recorded, asOf);
    RunView after = step.run();
    if (after == null) {
      return new Refused("run " + recorded.runId() + " was never requested");
    }
    boolean callChanged = step.call() != null && !step.call().equals(call);
    return new Change(
      runKey,
      write(after.withSpec(null)),
      write(after),
      run == null,
      after.deleted(),
      callKey,
      callChanged ? write(step.call()) : null
    );
  }

  private void apply(Change change, int partition, long timestamp) {
    if (change.callKey() != null && change.call() != null) {
      calls().put(change.callKey(), change.call());
      emit(change.callKey(), change.call(), "call", partition, timestamp);
    }
    runs().put(change.runKey(), change.run());
    if (change.deletes()) {
      forgetCalls(change.runKey());
    }
    if (change.isFirst() || change.deletes()) {
      // A key of its own: compaction drops older views of a run, and must not drop its spec, unless the
      // run is deleted.
      emit(change.runKey() + "/spec", change.runWithSpec(), "run", partition, timestamp);
    }
    emit(change.runKey(), change.runWithSpec(), "run", partition, timestamp);
  }

  private void forgetCalls(String runKey) {
    List<String> keys = new ArrayList<>();
    try (
      KeyValueIterator<String, byte[]> ofRun = calls().prefixScan(
        runKey + "/",
        new StringSerializer()
      )
    ) {
      ofRun.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(calls()::delete);
  }

  private void emit(String key, byte[] value, String view, int partition, long timestamp) {
    Headers headers = EventRecords.toHeaders(
      Map.of("view", view, "generation", Integer.toString(generation))
    );
    context().forward(
      new Record<>(key, new Emitted(value, partition), timestamp, headers),
      ProjectorTopology.VIEWS_SINK
    );
  }

  private void quarantine(Record<byte[], byte[]> received, RecordMetadata at, String error) {
    RecordHeaders headers = new RecordHeaders(received.headers());
    QuarantineHeaders.write(headers, at, error);
    context().forward(received.withHeaders(headers), ProjectorTopology.QUARANTINE_SINK);
  }

  private static <T> @Nullable T read(
    KeyValueStore<String, byte[]> store,
    String key,
    Class<T> type
  ) {
    byte @Nullable [] value = store.get(key);
    return value == null ? null : ContractJson.VIEWS.readValue(value, type);
  }

  private static byte[] write(@Nullable Object view) {
    return ContractJson.VIEWS.writeValueAsBytes(view);
  }

  private ProcessorContext<Object, Object> context() {
    return initialised(context);
  }

  private KeyValueStore<String, byte[]> runs() {
    return initialised(runs);
  }

  private KeyValueStore<String, byte[]> calls() {
    return initialised(calls);
  }

  private static <T> T initialised(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not initialised");
    }
    return part;
  }
}
