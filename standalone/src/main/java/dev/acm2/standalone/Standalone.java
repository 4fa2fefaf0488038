package dev.acm2.standalone;

import dev.acm2.cli.CliFailure;
import dev.acm2.cli.ExitCode;
import dev.acm2.embedded.EmbeddedKafka;
import dev.acm2.embedded.EmbeddedPostgreSql;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.providersimulator.ProviderSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/// ACM2 in this JVM: a real Kafka, a real PostgreSQL, the services, and a simulator in place of the
/// providers. What was acknowledged survives the death of the process; the next start on the same
/// folder goes on with it.
public final class Standalone implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final Duration PART_STOPS_WITHIN = Duration.ofSeconds(4);
  private static final int KAFKA = 0;
  private static final int POSTGRESQL = 1;
  private static final int SIMULATOR = 2;
  private static final int SERVICES = 3;

  private final StandaloneOptions options;
  private final DataDirectory data;
  private final Consumer<String> announce;
  private final Parts parts = new Parts(PART_STOPS_WITHIN);
  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
  private volatile @Nullable EmbeddedKafka kafka;
  private volatile @Nullable EmbeddedPostgreSql postgreSql;
  private volatile @Nullable ProviderSimulator simulator;

  private Standalone(StandaloneOptions options, DataDirectory data, Consumer<String> announce) {
    this.options = options;
    this.data = data;
    this.announce = announce;
  }

  /// Starts without a word; see [#start(StandaloneOptions, Consumer)].
  public static Standalone start(StandaloneOptions options) {
    return start(options, LOG::info);
  }

  /// Returns when every service that was not left out answers that it is up.
  ///
  /// @param announce gets a line for each part that is ready
  /// @throws CliFailure when the port or the folder is taken; nothing is left running
  public static Standalone start(StandaloneOptions options, Consumer<String> announce) {
    // Several applications share the logging of this process; none of them may configure it.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    int gatewayPort = Ports.orFree(options.port());
    Standalone standalone = new Standalone(
      options,
      DataDirectory.open(options.dataDirectory()),
      announce
    );
    try {
      standalone.ports.put(Service.GATEWAY, gatewayPort);
      standalone.startAll();
      return standalone;
    } catch (RuntimeException e) {
      // The flag would break off the stop of what has been started, too.
      boolean interrupted = Thread.interrupted();
      standalone.close();
      throw interrupted ? new CliFailure(ExitCode.UNAVAILABLE, "the start was broken off", e) : e;
    }
  }

  private void startAll() {
    Description.delete(data.description());
    for (Service service : Service.values()) {
      ports.computeIfAbsent(service, _ -> Ports.free());
    }
    Parallel.run(List.of(this::startKafka, this::startPostgreSql, this::startSimulator));
    List<Runnable> starts = new ArrayList<>();
    options.services().forEach(service -> starts.add(() -> start(service)));
    Parallel.run(starts);
    description().write(data.description());
  }

  private void startKafka() {
    Stopwatch watch = Stopwatch.start();
    EmbeddedKafka started = EmbeddedKafka.start(data.kafka());
    kafka = started;
    parts.started(KAFKA, "Kafka", started);
    // Each service would do it; all at once, the first ones to read would meet half-made topics.
    TopicAdmin.ensureTopics(new KafkaSettings(started.bootstrapServers()), (short) 1);
    announce.accept(watch.ready("Kafka", started.bootstrapServers()));
  }

  private void startPostgreSql() {
    Stopwatch watch = Stopwatch.start();
    StalePostmaster.stop(data.postgreSql());
    EmbeddedPostgreSql started = EmbeddedPostgreSql.start(data.postgreSql());
    postgreSql = started;
    parts.started(POSTGRESQL, "PostgreSQL", started);
    announce.accept(watch.ready("PostgreSQL", "127.0.0.1:" + started.port()));
  }

  private void startSimulator() {
    if (options.simulator() != null) {
      Stopwatch watch = Stopwatch.start();
      ProviderSimulator started = ProviderSimulator.start(
        options.simulator().withLedgerFile(data.ledger())
      );
      simulator = started;
      parts.started(SIMULATOR, "provider simulator", started);
      announce.accept(watch.ready("provider simulator", started.baseUrl()));
    }
  }

  /// Starts a service in this JVM that was left out or stopped; it takes the port that it always had.
  public void start(Service service) {
    Stopwatch watch = Stopwatch.start();
    ConfigurableApplicationContext context = ServiceContext.start(service, arguments(service));
    parts.started(SERVICES + service.ordinal(), service.label(), context);
    Health.await(service.label(), url(service));
    announce.accept(watch.ready(service.label(), url(service)));
  }

  /// Stops a service of this JVM; does nothing when it does not run here.
  public void stop(Service service) {
    parts.stop(SERVICES + service.ordinal());
  }

  /// Command line arguments for a service in a process of its own, on the same log, database and
  /// providers: `java -cp <class path> <Service#mainClass> <arguments>`.
  public List<String> arguments(Service service) {
    return options.settled(service, wiring().arguments(service));
  }

  private Wiring wiring() {
    ProviderSimulator providers = simulator;
    return new Wiring(
      bootstrapServers(),
      jdbcUrl(),
      ports,
      data.root(),
      providers == null ? null : providers.baseUrl()
    );
  }

  public String gatewayUrl() {
    return url(Service.GATEWAY);
  }

  /// Where a service answers, whoever starts it.
  public String url(Service service) {
    return wiring().url(service);
  }

  public String bootstrapServers() {
    return Objects.requireNonNull(kafka, "Kafka has not been started").bootstrapServers();
  }

  public String jdbcUrl() {
    return Objects.requireNonNull(postgreSql, "PostgreSQL has not been started").jdbcUrl();
  }

  /// Where logs belong; exists.
  public Path logDirectory() {
    return data.logs();
  }

  /// Null with the real providers.
  public @Nullable ProviderSimulator simulator() {
    return simulator;
  }

  /// Null with the real providers.
  public @Nullable String ledgerUrl() {
    ProviderSimulator providers = simulator;
    return providers == null ? null : providers.baseUrl() + "/__ledger";
  }

  public Description description() {
    return new Description(
      gatewayUrl(),
      ledgerUrl(),
      bootstrapServers(),
      jdbcUrl(),
      ProcessHandle.current().pid()
    );
  }

  /// Stops the services one after the other, the gateway first, then the database and the log. Takes at
  /// most 4 s a part, and no more than 15 s unless several parts hang.
  @Override
  public synchronized void close() {
    Description.delete(data.description());
    parts.close();
    data.close();
  }
}
