package dev.acm2.standalone;

import dev.acm2.cli.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import sun.misc.Signal;

/// A started ACM2 in front of somebody who can end it by a signal.
///
/// Signals are handled here and not in a shutdown hook of the JVM: hooks run all at once, and the
/// database has one of its own that would close it under the services.
final class Foreground {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Standalone standalone;

  private Foreground(PrintWriter out, PrintWriter err, Standalone standalone) {
    this.out = out;
    this.err = err;
    this.standalone = standalone;
  }

  /// Starts, says what is ready, and from then on ends the process cleanly at SIGINT, SIGTERM, SIGHUP.
  static Foreground of(@Nullable CommandSpec spec, StandaloneOptions options) {
    Logging.toFile(options.dataDirectory().resolve("logs").resolve("standalone.log"));
    var line = Objects.requireNonNull(spec, "picocli injects the specification").commandLine();
    Stopping stopping = new Stopping(Thread.currentThread());
    List.of("INT", "TERM", "HUP").forEach(name -> Signal.handle(new Signal(name), stopping::on));
    Stopwatch watch = Stopwatch.start();
    @Nullable
    Standalone started = null;
    try {
      started = Standalone.start(options, text -> println(line.getOut(), text));
    } finally {
      stopping.startOver(started);
    }
    Foreground foreground = new Foreground(line.getOut(), line.getErr(), started);
    foreground.welcome(watch, options.dataDirectory());
    return foreground;
  }

  private void welcome(Stopwatch watch, Path dataDirectory) {
    say(watch.ready("ACM2", standalone.gatewayUrl()));
    if (standalone.ledgerUrl() != null) {
      say("ledger of the simulator: " + standalone.ledgerUrl());
    }
    say("data and logs: " + dataDirectory);
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  String gatewayUrl() {
    return standalone.gatewayUrl();
  }

  void say(String text) {
    println(out, text);
  }

  /// Stays until a signal ends the process, or stops everything at once.
  ///
  /// @param exit whether this was a start for the sake of the start
  /// @return the exit code, if it returns at all
  int stay(boolean exit) {
    if (exit) {
      standalone.close();
      return ExitCode.OK;
    }
    say("Ctrl-C stops it");
    Stopping.untilTheEnd();
    return ExitCode.OK;
  }

  private static synchronized void println(PrintWriter writer, String text) {
    writer.println(text);
    writer.flush();
  }
}
