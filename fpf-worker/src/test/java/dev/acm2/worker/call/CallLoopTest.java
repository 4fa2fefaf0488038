package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStoreException;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import dev.acm2.worker.provider.Stage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call comes to when something besides the provider is wrong.
class CallLoopTest {

  private final InMemoryArtifactStore store = new InMemoryArtifactStore();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void shouldSucceedWithAFullPreviewThatSplitsNoCharacter() {
    String text = "x".repeat(199) + "😀" + "y".repeat(500);
    CallSucceeded end = (CallSucceeded) run(store, answering(text), WorkItems.of(store).item());
    assertThat(((CallResult.Document) end.result()).preview()).isEqualTo("x".repeat(199));
  }

  @ParameterizedTest
  @ValueSource(strings = { "application/json", "application/problem+json", "text/markdown" })
  void shouldFailLoudlyWhenAnArtifactCannotBeStored(String mediaType) {
    // given: a store that fails for the request, the response or the output
    CallFailed end = (CallFailed) run(
      new FailingStore(mediaType),
      answering("A text."),
      WorkItems.of(store).item()
    );
    assertThat(end.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(end.message()).contains("artifact store", "no room");
    // then: nothing is sent when not even the request can be stored, and what was sent is charged
    assertThat(sent).hasValue(mediaType.equals("application/json") ? 0 : 1);
    assertThat(end.spend()).isNotNull();
    assertThat(end.spend() == null ? -1 : end.spend().attempts()).isEqualTo(sent.get());
  }

  @Test
  void shouldSendNothingWithoutTheKeyThatIsDue() {
    Provider noKey = new Provider(
      "openai",
      Protocol.OPENAI_RESPONSES,
      URI.create("http://127.0.0.1:1/"),
      Secret.NONE,
      true
    );
    CallFailed end = failedWith(Map.of("openai", noKey), WorkItems.of(store).item());
    assertThat(end.kind()).isEqualTo(FailureKind.AUTH);
    assertThat(end.message()).contains("no API key");
    assertThat(end.spend()).isEqualTo(Spend.NONE);
    assertThat(end.attempt()).isZero();
  }

  @Test
  void shouldSendNothingToUnknownProvidersAndForUnknownPrices() {
    Map<String, Provider> providers = CallHarness.providersAt("http://127.0.0.1:1");
    CallFailed noProvider = failedWith(
      providers,
      WorkItems.of(store).withModel("nobody:model").item()
    );
    assertThat(noProvider.kind()).isEqualTo(FailureKind.BAD_REQUEST);
    CallFailed noPrice = failedWith(
      providers,
      WorkItems.of(store).withModel("openai:unheard-of").item()
    );
    assertThat(noPrice.message()).contains("price");
    assertThat(sent).hasValue(0);
  }

  @Test
  void shouldFailWhenADocumentIsMissingOrNoText() {
    ArtifactRef missing = ArtifactRef.of(new byte[] { 1 }, "text/markdown");
    ArtifactRef binary = store.put(new byte[] { (byte) 0xff, 0 }, "text/markdown");
    for (ArtifactRef bad : List.of(missing, binary)) {
      Prompt prompt = new Prompt(store.putText("Do it."), List.of(bad));
      CallFailed end = (CallFailed) run(
        store,
        answering("A text."),
        WorkItems.of(store).withPrompt(prompt).item()
      );
      assertThat(end.kind()).isEqualTo(FailureKind.INTERNAL);
      assertThat(end.message()).contains(bad.sha256());
    }
    assertThat(sent).hasValue(0);
  }

  @Test
  void shouldStartNoAttemptWithLessThanTwoSeconds() {
    WorkItem item = WorkItems.of(store)
      .withLimits(WorkItems.limits(Duration.ofMillis(1500), Duration.ofSeconds(1), 3))
      .item();
    assertThat(run(store, answering("A text."), item)).isInstanceOfSatisfying(
      CallTimedOut.class,
      end -> assertThat(end.attempt()).isZero()
    );
    assertThat(sent).hasValue(0);
  }

  @Test
  void shouldSendNothingAfterACancel() {
    try (CallHarness worker = harness(store, answering("A text."))) {
      InFlightCall call = worker.call(WorkItems.of(store).item());
      worker.calls.add(call);
      call.cancel("enough", 0);
      worker.loop.run(call);
      assertThat(worker.sink.ends()).singleElement().isInstanceOf(CallCancelled.class);
      assertThat(sent).hasValue(0);
    }
  }

  @Test
  void shouldEndACallThatADefectHits() {
    Exchanges defect = _ -> {
      throw new IllegalStateException("a defect");
    };
    CallFailed end = (CallFailed) run(store, defect, WorkItems.of(store).item());
    assertThat(end.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(end.message()).contains("a defect");
  }

  private CallFailed failedWith(Map<String, Provider> providers, WorkItem item) {
    try (
      CallHarness worker = new CallHarness(
        store,
        answering("A text."),
        new SystemCallClock(),
        providers
      )
    ) {
      return (CallFailed) run(worker, item);
    }
  }

  private CallEnded run(ArtifactStore artifacts, Exchanges exchanges, WorkItem item) {
    try (CallHarness worker = harness(artifacts, exchanges)) {
      return run(worker, item);
    }
  }

  private static CallEnded run(CallHarness worker, WorkItem item) {
    InFlightCall call = worker.call(item);
    worker.calls.add(call);
    worker.loop.run(call);
    assertThat(worker.sink.ends()).hasSize(1);
    assertThat(worker.calls.size()).isZero();
    return worker.sink.ends().getFirst();
  }

  private static CallHarness harness(ArtifactStore artifacts, Exchanges exchanges) {
    return new CallHarness(
      artifacts,
      exchanges,
      new SystemCallClock(),
      CallHarness.providersAt("http://127.0.0.1:1")
    );
  }

  private Exchanges answering(String text) {
    byte[] body = Answers.responses(text).toString().getBytes(StandardCharsets.UTF_8);
    Arrived arrived = new Arrived(
      200,
      Map.of("content-type", "application/problem+json"),
      body,
      new Timings(Duration.ZERO, Duration.ZERO)
    );
    return _ -> {
      sent.incrementAndGet();
      return new Exchange() {
        @Override
        public ExchangeEnd await(Duration limit) {
          return new ExchangeEnd.Complete(arrived);
        }

        @Override
        public void abort() {
          throw new AssertionError("nobody aborts here");
        }

        @Override
        public Arrived arrived() {
          return arrived;
        }

        @Override
        public Stage stage() {
          return Stage.FIRST_BYTE;
        }
      };
    };
  }

  /// Fails for one media type.
  private final class FailingStore implements ArtifactStore {

    private final String refused;

    FailingStore(String refused) {
      this.refused = refused;
    }

    @Override
    public ArtifactRef put(byte[] content, String mediaType) {
      if (mediaType.equals(refused)) {
        throw new ArtifactStoreException("no room", new SQLException("disk full"));
      }
      return store.put(content, mediaType);
    }

    @Override
    public Optional<Artifact> find(String sha256) {
      return store.find(sha256);
    }
  }
}
