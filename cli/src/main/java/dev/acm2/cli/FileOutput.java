package dev.acm2.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that is replaced only once all of its new content is there.
final class FileOutput {

  private FileOutput() {}

  /// Writes a content.
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /// What is no regular file, like a device or a pipe, is written as it is.
  ///
  /// @throws CliFailure [ExitCode#NOT_WRITTEN], or what the writing throws; the file is as it was then
  static void write(Path file, Writing writing) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        writeTo(file, writing);
      } else {
        replace(file, writing);
      }
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

  private static void replace(Path file, Writing writing) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      writeTo(part, writing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new IOException(part + " is there: is another command writing it?", e);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private static void writeTo(Path file, Writing writing, StandardOpenOption... how)
    throws IOException {
    try (OutputStream out = Files.newOutputStream(file, how)) {
      writing.to(out);
    }
  }
}
