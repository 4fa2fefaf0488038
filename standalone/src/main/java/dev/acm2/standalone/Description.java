package dev.acm2.standalone;

import dev.acm2.contract.ContractJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// What runs where, for other processes. The file is there exactly while everything is ready, unless
/// the process was killed: then its pid is gone.
///
/// @param ledgerUrl of the simulator's ledger, null without simulator
public record Description(
  String gatewayUrl,
  @Nullable String ledgerUrl,
  String bootstrapServers,
  String jdbcUrl,
  long pid
) {
  /// @throws UncheckedIOException when there is no such file
  public static Description read(Path file) {
    try {
      return ContractJson.VIEWS.readValue(Files.readString(file), Description.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Appears at once, so that no reader sees half of it.
  void write(Path file) {
    try {
      Path half = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(half, ContractJson.VIEWS.writeValueAsString(this) + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
