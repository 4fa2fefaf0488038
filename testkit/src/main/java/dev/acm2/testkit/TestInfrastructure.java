package dev.acm2.testkit;

import dev.acm2.embedded.EmbeddedKafka;
import dev.acm2.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One real broker and one real database server for all tests of this JVM, gone when it ends.
public final class TestInfrastructure {

  private static final TestInfrastructure SHARED = new TestInfrastructure();

  private final AtomicInteger databases = new AtomicInteger();
  private final Path folder;
  private final EmbeddedKafka kafka;
  private final EmbeddedPostgreSql postgres;

  private TestInfrastructure() {
    try {
      folder = Files.createTempDirectory("acm2-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "test-infrastructure-stop"));
  }

  /// Started at the first use.
  public static TestInfrastructure shared() {
    return SHARED;
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /// JDBC URL of a new, empty database; user `postgres`, no password.
  public String freshDatabase() {
    String name = "test_" + databases.incrementAndGet();
    try (
      Connection connection = postgres.dataSource().getConnection();
      Statement statement = connection.createStatement()
    ) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name + "?user=postgres";
  }

  private void stop() {
    postgres.close();
    kafka.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestInfrastructure::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
