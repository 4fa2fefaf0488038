package dev.acm2.worker.provider;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
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

  private static final Logger LOG = LoggerFactory.getLogger(CommandExchange.class);
  private static final Duration LAST_BYTES = Duration.ofSeconds(2);

  private final ProcessBuilder builder;
  private final byte[] prompt;
  private final String mark;
  private final Consumer<CommandExchange> whenOver;
  private final ProgramOutput output;
  private final CompletableFuture<ExchangeEnd> done = new CompletableFuture<>();
  private volatile boolean complete;
  private @Nullable Process process;
  private boolean killed;

  CommandExchange(
    ProcessBuilder builder,
    byte[] prompt,
    String mark,
    Consumer<String> lines,
    Consumer<CommandExchange> whenOver
  ) {
    this.builder = builder;
    this.prompt = prompt;
    this.mark = mark;
    this.output = new ProgramOutput(lines);
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
    Thread answer = pump("stdout", () -> readAnswer(started));
    Thread lines = pump("stderr", () -> output.readProgress(started.getErrorStream()));
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
    if (output.isTooLarge()) {
      return new ExchangeEnd.TooLarge(arrived());
    }
    if (killed) {
      return new ExchangeEnd.Aborted(arrived());
    }
    if (!whole) {
      return new ExchangeEnd.Broken(arrived(), true, "the output of the program has no end");
    }
    complete = exitCode == 0;
    return new ExchangeEnd.Exited(arrived(), exitCode, output.answer());
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

  private void readAnswer(Process started) throws IOException {
    output.readAnswer(started.getInputStream());
    if (output.isTooLarge()) {
      kill();
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

  @Override
  public Stage stage() {
    return Stage.SELF_TOLD;
  }

  /// The progress; and before it, in a line, the output, unless that became a document of its own.
  @Override
  public Arrived arrived() {
    return output.arrived(!complete);
  }
}
