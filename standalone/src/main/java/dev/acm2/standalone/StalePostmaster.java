package dev.acm2.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that outlived the process that started it: nobody else stops it, and no second server
/// may run on its folder. Whoever holds the lock of the data folder may end it.
final class StalePostmaster {

  private static final Logger LOG = LoggerFactory.getLogger(StalePostmaster.class);
  private static final Duration POLITE = Duration.ofSeconds(10);

  private StalePostmaster() {}

  /// Returns when no server runs on the folder. What was committed stays: it is stopped, and if it does
  /// not stop within 10 s, killed, after which the next start recovers from its log.
  ///
  /// @throws IllegalStateException when it lives on
  static void stop(Path dataDirectory) {
    find(dataDirectory).ifPresent(server -> {
      LOG.warn("stopping the PostgreSQL of a process that was killed, pid {}", server.pid());
      // Fast shutdown: clients are cut off, the data is checkpointed.
      signal(server, "INT");
      if (!ended(server)) {
        signal(server, "QUIT");
        if (!ended(server)) {
          throw new IllegalStateException("PostgreSQL, pid " + server.pid() + ", does not stop");
        }
      }
    });
  }

  /// The live server that the folder's pid file names. Pids are used again, so the process must also
  /// look like a PostgreSQL.
  private static Optional<ProcessHandle> find(Path dataDirectory) {
    Path file = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return pid(Files.readAllLines(file))
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("postgres").contains("postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The first line of the file.
  static Optional<Long> pid(List<String> lines) {
    return lines
      .stream()
      .findFirst()
      .map(String::strip)
      .filter(text -> text.matches("\\d{1,18}"))
      .map(Long::valueOf);
  }

  private static void signal(ProcessHandle server, String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
        .start()
        .waitFor();
      if (exit != 0 && server.isAlive()) {
        throw new IllegalStateException("cannot signal PostgreSQL, pid " + server.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping PostgreSQL", e);
    }
  }

  private static boolean ended(ProcessHandle server) {
    try {
      server.onExit().get(POLITE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !server.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping PostgreSQL", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for PostgreSQL", e);
    }
  }
}
