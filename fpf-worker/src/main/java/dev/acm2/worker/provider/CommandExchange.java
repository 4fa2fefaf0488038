package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Timings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a program. However it ends, what it started is killed before the end is told; at the
/// limit and on abort the program itself is killed first.
final class CommandExchange implements Exchange {

  /// Marks the program and all its children.
  static final String MARK = "ACM2_REQUEST_ID";
  static final int PROGRESS_LIMIT = 2 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CommandExchange.class);
  private static final Duration LAST_BYTES = Duration.ofSeconds(2);

  private final long startedAt = System.nanoTime();
  private final ProcessBuilder builder;
  private final byte[] prompt;
  private final String mark;
  private final Consumer<CommandExchange> whenOver;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CappedBytes progress = new CappedBytes(PROGRESS_LIMIT);
  private final CompletableFuture<ExchangeEnd> done = new CompletableFuture<>();
  private volatile long firstByteAt;
  private volatile boolean complete;
  private @Nullable Process process;
  private boolean killed;
  private boolean tooLarge;

  CommandExchange(
    ProcessBuilder builder,
    byte[] prompt,
    String mark,
    Consumer<CommandExchange> whenOver
  ) {
    this.builder = builder;
    this.prompt = prompt;
    this.mark = mark;
    this.whenOver = whenOver;
  }

  /// The thread lives as long as the program: the signal that a program gets at its parent's death
  /// comes when the thread dies that started it, so it must be none of a pool.
  void start() {
    Thread.ofPlatform()
      .daemon()
      .name("command-" + mark)
      .start(this::run);
  }

  private void run() {
    try {
      done.complete(ended(begin()));
    } catch (IOException e) {
      done.complete(new ExchangeEnd.Broken(arrived(), false, "not started: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.complete(new ExchangeEnd.Aborted(arrived()));
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    } finally {
      whenOver.accept(this);
    }
  }

  private synchronized Process begin() throws IOException {
    Process started = builder.start();
    process = started;
    if (killed) {
      started.destroyForcibly();
    }
    return started;
  }

  private ExchangeEnd ended(Process started) throws IOException, InterruptedException {
    Thread answer = pump("stdout", () -> readOutput(started.getInputStream()));
    Thread lines = pump("stderr", () -> readProgress(started.getErrorStream()));
    pump("stdin", () -> ask(started.getOutputStream()));
    int exitCode = started.waitFor();
    new ProcessRemains(started.pid(), mark).kill();
    boolean whole = answer.join(LAST_BYTES) & lines.join(LAST_BYTES);
    if (!whole) {
      LOG.error("a process that left no trace holds the output of a program open: {}", mark);
    }
    return end(exitCode, whole);
  }

  private synchronized ExchangeEnd end(int exitCode, boolean whole) {
    if (tooLarge) {
      return new ExchangeEnd.TooLarge(arrived());
    }
    if (killed) {
      return new ExchangeEnd.Aborted(arrived());
    }
    if (!whole) {
      return new ExchangeEnd.Broken(arrived(), true, "the output of the program has no end");
    }
    complete = exitCode == 0;
    return new ExchangeEnd.Exited(arrived(), exitCode, outputSoFar());
  }

  private interface Pump {
    void run() throws IOException;
  }

  private Thread pump(String name, Pump pump) {
    return Thread.ofPlatform()
      .daemon()
      .name("command-" + name + "-" + mark)
      .start(() -> {
        try {
          pump.run();
        } catch (IOException e) {
          // A program may end without reading its prompt, and a killed one breaks off its output;
          // its exit code tells what became of it.
          LOG.debug("{} of {} broke off: {}", name, mark, e.getMessage());
        }
      });
  }

  private void ask(OutputStream stdin) throws IOException {
    try (stdin) {
      stdin.write(prompt);
    }
  }

  private void readOutput(InputStream stdout) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = stdout.read(buffer); read >= 0; read = stdout.read(buffer)) {
      noteFirstByte();
      if (!append(buffer, read)) {
        return;
      }
    }
  }

  private synchronized boolean append(byte[] buffer, int length) {
    output.write(buffer, 0, Math.min(length, HttpExchanges.BODY_LIMIT + 1 - output.size()));
    if (output.size() > HttpExchanges.BODY_LIMIT) {
      tooLarge = true;
      kill();
    }
    return !tooLarge;
  }

  private void readProgress(InputStream stderr) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read = stderr.read(buffer); read >= 0; read = stderr.read(buffer)) {
      noteFirstByte();
      progress.write(buffer, read);
    }
  }

  private void noteFirstByte() {
    if (firstByteAt == 0) {
      firstByteAt = System.nanoTime();
    }
  }

  @Override
  public ExchangeEnd await(Duration limit) {
    try {
      return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abort();
      return new ExchangeEnd.TimedOut(arrived(), limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
      return new ExchangeEnd.Aborted(arrived());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a program could not be run", e.getCause());
    }
  }

  /// The program dies here; its own thread then kills what it leaves behind.
  @Override
  public void abort() {
    synchronized (this) {
      killed = true;
      kill();
    }
  }

  private synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /// The progress; and before it, in a line, the output, unless that became a document of its own.
  @Override
  public Arrived arrived() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] unused = complete ? new byte[0] : outputSoFar();
    if (unused.length > 0) {
      String text = new String(unused, StandardCharsets.UTF_8);
      body.writeBytes(ContractJson.EVENTS.writeValueAsBytes(Map.of("stdout", text)));
      body.write('\n');
    }
    body.writeBytes(progress.kept());
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    Duration first = firstByteAt == 0 ? total : Duration.ofNanos(firstByteAt - startedAt);
    Map<String, String> headers = Map.of("content-type", "text/plain");
    return new Arrived(null, headers, body.toByteArray(), new Timings(first, total));
  }

  private synchronized byte[] outputSoFar() {
    return output.toByteArray();
  }
}
