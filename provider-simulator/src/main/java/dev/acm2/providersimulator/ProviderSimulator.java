package dev.acm2.providersimulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A model provider that runs here: OpenAI Responses and chat completions, Gemini, Anthropic
/// Messages and OpenRouter over HTTP/1.1, with seeded latency and faults and a ledger of every
/// request. One virtual thread a connection; a waiting or hanging exchange holds no platform thread
/// and ends with its client or with [#close()].
public final class ProviderSimulator implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ProviderSimulator.class.getName());
  private static final int BACKLOG = 4096;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService acceptor = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
  private final Scripts scripts = new Scripts();
  private final AtomicReference<FaultShares> shares;
  private final AtomicReference<JudgeOptions> judges;
  private final Ledger ledger;
  private final ProviderApi provider;
  private final ControlApi control;
  private final JsonMapper json = JsonMapper.builder().build();

  private ProviderSimulator(SimulatorOptions options, ServerSocket server) {
    this.server = server;
    this.shares = new AtomicReference<>(options.faults());
    this.judges = new AtomicReference<>(options.judges());
    this.ledger = new Ledger(
      options.ledgerFile() == null ? null : new LedgerFile(options.ledgerFile(), json)
    );
    Draws draws = new Draws(options.seed());
    Planner planner = new Planner(
      draws,
      new Composer(draws, judges::get, json),
      options.latencyModel(),
      options.retryAfter(),
      json
    );
    this.provider = new ProviderApi(
      planner,
      scripts,
      shares,
      new Occurrences(ledger.entries()),
      json
    );
    this.control = new ControlApi(ledger, scripts, shares, judges, json);
  }

  /// Listens when it returns. Throws `UncheckedIOException` when the port or the ledger file cannot
  /// be had.
  public static ProviderSimulator start(SimulatorOptions options) {
    ServerSocket server = bound(options);
    try {
      ProviderSimulator simulator = new ProviderSimulator(options, server);
      simulator.acceptor.execute(simulator::accept);
      return simulator;
    } catch (RuntimeException e) {
      closeQuietly(server, e);
      throw e;
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /// Without a path: `http://127.0.0.1:4711`.
  public String baseUrl() {
    InetAddress address = server.getInetAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  public Ledger ledger() {
    return ledger;
  }

  /// The next requests of `model` (as it is on the wire) get these behaviours in this order, before
  /// standing behaviours and drawn faults. Added to what is queued already.
  public void script(String model, Behaviour... next) {
    scripts.queue(model, List.of(next));
  }

  /// Every request of `model` gets this behaviour once its queue is empty.
  public void always(String model, Behaviour behaviour) {
    scripts.always(model, behaviour);
  }

  /// Forgets queued and standing behaviours.
  public void clearScripts() {
    scripts.clear();
  }

  public FaultShares faults() {
    return shares.get();
  }

  /// In force for every request that arrives from now on.
  public void faults(FaultShares changed) {
    shares.set(changed);
  }

  public JudgeOptions judges() {
    return judges.get();
  }

  /// In force for every request that arrives from now on. A document's quality is that of its author
  /// now, not when it was written.
  public void judges(JudgeOptions changed) {
    judges.set(changed);
  }

  /// Cuts every connection and returns when all exchanges have ended and are in the ledger.
  @Override
  public void close() {
    close(server);
    acceptor.close();
    open.forEach(ProviderSimulator::close);
    connections.close();
    ledger.close();
  }

  private void accept() {
    try {
      while (true) {
        serve(server.accept());
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        LOG.log(Level.ERROR, "the simulator accepts no more connections", e);
      }
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    Connection connection = new Connection(
      socket,
      provider,
      control,
      ledger,
      InstantSource.system(),
      json
    );
    connections.execute(() -> {
      try {
        connection.run();
      } finally {
        open.remove(socket);
      }
    });
  }

  private static ServerSocket bound(SimulatorOptions options) {
    try {
      return new ServerSocket(options.port(), BACKLOG, InetAddress.getByName(options.host()));
    } catch (IOException e) {
      throw new UncheckedIOException(
        "cannot listen on " + options.host() + ":" + options.port(),
        e
      );
    }
  }

  private static void close(AutoCloseable resource) {
    closeQuietly(resource, null);
  }

  private static void closeQuietly(AutoCloseable resource, @Nullable RuntimeException cause) {
    try {
      resource.close();
    } catch (Exception e) {
      if (cause == null) {
        LOG.log(Level.WARNING, "could not close " + resource, e);
      } else {
        cause.addSuppressed(e);
      }
    }
  }
}
