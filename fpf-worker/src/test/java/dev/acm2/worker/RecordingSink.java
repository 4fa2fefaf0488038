package dev.acm2.worker;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Await;
import dev.acm2.worker.call.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is told.
public final class RecordingSink implements EventSink {

  private final List<Told> told = new CopyOnWriteArrayList<>();

  /// @param at when it was told
  public record Told(RunEvent event, Instant at) {}

  @Override
  public void publish(RunId runId, RunEvent event) {
    told.add(new Told(event, Instant.now()));
  }

  public List<RunEvent> events() {
    return told.stream().map(Told::event).toList();
  }

  public List<Told> told() {
    return List.copyOf(told);
  }

  public List<CallRetried> retries() {
    return only(CallRetried.class);
  }

  public List<CallEnded> ends() {
    return only(CallEnded.class);
  }

  /// The first end, as soon as there is one.
  public CallEnded awaitEnd(Duration patience) {
    return Await.value("the end of a call", patience, () -> ends().stream().findFirst());
  }

  private <T> List<T> only(Class<T> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
