package dev.acm2.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One PostgreSQL server of the user of this process. Durable: fsync and synchronous commit are on.
public final class EmbeddedPostgreSql implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgreSql.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;

  private EmbeddedPostgreSql(EmbeddedPostgres server) {
    this.server = server;
  }

  /// Starts a server on a free port, with what the folder already holds.
  public static EmbeddedPostgreSql start(Path dataDirectory) {
    return start(dataDirectory, 0);
  }

  /// @param port 0 for a free one
  public static EmbeddedPostgreSql start(Path dataDirectory, int port) {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder()
        .setDataDirectory(dataDirectory)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(PATIENCE)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("max_connections", "100")
        .start();
      LOG.info("PostgreSQL is ready on port {}", server.getPort());
      return new EmbeddedPostgreSql(server);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL in " + dataDirectory, e);
    }
  }

  public DataSource dataSource() {
    return server.getPostgresDatabase();
  }

  public int port() {
    return server.getPort();
  }

  /// For services in other processes of this machine; user `postgres`, no password.
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL", e);
    }
  }
}
