package dev.acm2.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a text goes that a verb fetches.
final class TextOutput {

  @Option(
    names = "--output",
    paramLabel = "FILE",
    description = "Write to this file, in UTF-8, instead of standard output. What it held is gone."
  )
  private @Nullable Path file;

  /// Writes all of it, unchanged; only a terminal is spared what would command it.
  ///
  /// @throws CliFailure [ExitCode#NOT_WRITTEN]
  void write(String text, PrintWriter out) {
    if (file == null) {
      print(text, Terminal.present(), out);
    } else {
      write(text, file);
    }
  }

  static void print(String text, boolean terminal, PrintWriter out) {
    out.print(terminal ? Format.lines(text) + System.lineSeparator() : text);
    if (out.checkError()) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "standard output cannot be written");
    }
  }

  private static void write(String text, Path file) {
    try {
      Files.writeString(file, text);
    } catch (NoSuchFileException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, file + ": there is no such folder", e);
    } catch (IOException e) {
      throw new CliFailure(
        ExitCode.NOT_WRITTEN,
        file + ": cannot be written: " + e.getMessage(),
        e
      );
    }
  }
}
