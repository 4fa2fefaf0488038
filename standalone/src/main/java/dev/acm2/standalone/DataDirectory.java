package dev.acm2.standalone;

import dev.acm2.cli.CliFailure;
import dev.acm2.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder with everything that outlives the process. Held by one process at a time; the lock goes
/// with the process, however that ends.
final class DataDirectory implements AutoCloseable {

  private static final String LOGS = "logs";

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /// @throws CliFailure when somebody else holds the folder, or when it cannot be written
  static DataDirectory open(Path root) {
    try {
      Files.createDirectories(root.resolve(LOGS));
      FileChannel channel = FileChannel.open(
        root.resolve("lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE
      );
      if (!locked(channel)) {
        channel.close();
        throw new CliFailure(
          ExitCode.UNAVAILABLE,
          root + " is in use by another ACM2; stop it or take another folder"
        );
      }
      return new DataDirectory(root, channel);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.UNAVAILABLE, root + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // The other holder is in this very process.
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path postgreSql() {
    return root.resolve("postgresql");
  }

  Path logs() {
    return root.resolve(LOGS);
  }

  Path ledger() {
    return root.resolve("ledger.jsonl");
  }

  Path state(Service service) {
    return root.resolve(service.label());
  }

  /// Where others find what runs here.
  Path description() {
    return root.resolve("standalone.json");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
