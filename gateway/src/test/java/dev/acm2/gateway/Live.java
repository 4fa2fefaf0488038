package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Await;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gateway whose live streams are watched, and the runs that pass through it.
final class Live implements AutoCloseable {

  final GatewayFixture fixture = new GatewayFixture();
  final TestProjector projector = fixture.projector;

  Live() throws Exception {}

  void publishAndWrite(List<RecordedEvent> events) throws Exception {
    for (RecordedEvent event : events) {
      projector.publish(event);
    }
    projector.writeTables();
  }

  @Nullable
  Subscription subscription(RunId of) {
    return fixture.gateway
      .getBean(RunHub.class)
      .subscriptions()
      .stream()
      .filter(client -> client.runId().equals(of))
      .findFirst()
      .orElse(null);
  }

  /// Until the feed of the gateway has passed on the newest view of the run.
  void awaitHub(RunId runId) {
    RunHub hub = fixture.gateway.getBean(RunHub.class);
    Await.until("the feed", PATIENCE, () -> {
      try (Subscription probe = hub.attach(runId, newest(runId))) {
        return probe.resumed();
      }
    });
  }

  void assertEndsComplete(EventStream stream, RunId runId) {
    Await.until("the end of the run", PATIENCE, () -> isComplete(stream, runId));
    assertThat(stream.frames().getFirst()).isInstanceOf(Snapshot.class);
  }

  boolean isComplete(EventStream stream, RunId of) {
    RunProjection expected = projector.projection(of);
    return (
      !stream.frames().isEmpty() &&
      requireNonNull(expected.run()).withSpec(null).equals(stream.client(of).run()) &&
      List.copyOf(expected.calls()).equals(List.copyOf(stream.client(of).calls()))
    );
  }

  AsOf newest(RunId runId) {
    return requireNonNull(projector.projection(runId).run()).asOf();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
