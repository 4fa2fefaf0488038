package dev.acm2.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a text goes that a verb fetches.
final class TextOutput {

  @Option(
    names = { "--output", "--out" },
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
    printPart(terminal ? text + "\n" : text, terminal, out);
  }

  private static void printPart(String text, boolean terminal, PrintWriter out) {
    out.print(terminal ? Format.lines(text) : text);
    if (out.checkError()) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "standard output cannot be written");
    }
  }

  /// As [#write], for what is too long to be held: it is passed on as it arrives.
  ///
  /// @throws CliFailure [ExitCode#NOT_WRITTEN], or [ExitCode#UNAVAILABLE] when it does not arrive whole
  void copy(Download download, PrintWriter out) {
    if (file != null) {
      FileOutput.write(file, to -> download.to((block, length) -> to.write(block, 0, length)));
      return;
    }
    boolean terminal = Terminal.present();
    Utf8 text = new Utf8();
    try {
      download.to((block, length) -> printPart(text.next(block, length), terminal, out));
      printPart(terminal ? "\n" : "", terminal, out);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "standard output cannot be written", e);
    }
  }

  /// Whether it goes to a file, which may hold anything.
  boolean toFile() {
    return file != null;
  }

  private static void write(String text, Path file) {
    FileOutput.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
