package dev.acm2.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// What every verb needs from picocli, which fills in its fields after construction.
final class Verb {

  private Verb() {}

  static PrintWriter out(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "picocli injects the specification").commandLine().getOut();
  }

  /// A positional parameter or an option that picocli enforces.
  static <T> T required(@Nullable T injected) {
    return Objects.requireNonNull(injected, "picocli enforces required parameters");
  }
}
