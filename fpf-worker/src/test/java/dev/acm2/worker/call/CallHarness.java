package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.RecordingConsole;
import dev.acm2.worker.RecordingSink;
import dev.acm2.worker.provider.Exchanges;
import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A worker without a log: calls run as they do in the service, events are kept in memory.
final class CallHarness implements AutoCloseable {

  static final String KEY = "canary-key-0123456789";

  /// The pause between attempts is a tenth of the longest.
  private static final RandomGenerator A_TENTH = () -> Long.divideUnsigned(-1, 10);

  final RecordingSink sink = new RecordingSink();
  final RecordingConsole lines = new RecordingConsole();
  final InFlightCalls calls = new InFlightCalls();
  final CallClock clock;
  final CallLoop loop;
  final Watchdog watchdog;
  final HandBack handBack;
  private final SuspicionScan scan;
  private final ScheduledExecutorService scans = Executors.newSingleThreadScheduledExecutor();

  /// Known models, and one whose searches are charged.
  private static final ModelCatalogue CATALOGUE = ModelCatalogue.bundled().overriddenBy(
    new ModelCatalogue(
      LocalDate.EPOCH,
      "test",
      List.of(
        new Model(
          ModelId.parse("openai:searching"),
          BigDecimal.ONE,
          BigDecimal.ONE,
          BigDecimal.TEN,
          10_000,
          BigDecimal.TEN
        )
      )
    )
  );

  CallHarness(
    ArtifactStore store,
    Exchanges exchanges,
    CallClock clock,
    Map<String, Provider> providers
  ) {
    this(store, exchanges, new SuspicionScan(), clock, providers);
  }

  CallHarness(
    ArtifactStore store,
    Exchanges exchanges,
    SuspicionScan scan,
    CallClock clock,
    Map<String, Provider> providers
  ) {
    this.scan = scan;
    this.clock = clock;
    CallConsole console = new CallConsole(lines, "worker-1", clock);
    CallEnds ends = new CallEnds(calls, sink, console, clock);
    this.handBack = new HandBack(calls, ends, store, "worker-1");
    this.loop = new CallLoop(
      providers,
      CATALOGUE,
      store,
      exchanges,
      scan,
      ends,
      sink,
      console,
      clock,
      A_TENTH
    );
    this.watchdog = new Watchdog(calls, ends, store, sink, clock);
  }

  static Map<String, Provider> providersAt(String baseUrl) {
    Map<String, Provider> providers = new HashMap<>();
    providers.put(
      "openai",
      new Provider(
        "openai",
        Protocol.OPENAI_RESPONSES,
        URI.create(baseUrl + "/v1/responses"),
        new Secret(KEY),
        true
      )
    );
    providers.put(
      "openai-compatible",
      new Provider(
        "openai-compatible",
        Protocol.CHAT_COMPLETIONS,
        URI.create(baseUrl + "/v1/chat/completions"),
        Secret.NONE,
        false
      )
    );
    providers.put("google", other("google", Protocol.GEMINI, baseUrl + "/v1beta/models"));
    providers.put(
      "anthropic",
      other("anthropic", Protocol.ANTHROPIC_MESSAGES, baseUrl + "/v1/messages")
    );
    providers.put(
      "openrouter",
      other("openrouter", Protocol.OPENROUTER, baseUrl + "/api/v1/chat/completions")
    );
    return providers;
  }

  private static Provider other(String name, Protocol protocol, String address) {
    return new Provider(name, protocol, URI.create(address), new Secret(KEY), true);
  }

  static CallHarness onSystemClock(
    InMemoryArtifactStore store,
    Exchanges exchanges,
    String baseUrl
  ) {
    return new CallHarness(store, exchanges, new SystemCallClock(), providersAt(baseUrl));
  }

  InFlightCall call(WorkItem item) {
    return new InFlightCall(
      item,
      clock.now(),
      clock.now().plus(item.limits().callDeadline()),
      clock.now(),
      clock.nanoTime()
    );
  }

  InFlightCall start(WorkItem item) {
    InFlightCall call = call(item);
    new CallStarter(calls, loop, clock, _ -> Optional.empty()).start(call);
    return call;
  }

  void watch() {
    ScheduledFuture<?> _ = scans.scheduleWithFixedDelay(
      watchdog::scan,
      0,
      Watchdog.PERIOD.toMillis(),
      TimeUnit.MILLISECONDS
    );
  }

  @Override
  public void close() {
    scans.shutdownNow();
    scan.close();
  }
}
