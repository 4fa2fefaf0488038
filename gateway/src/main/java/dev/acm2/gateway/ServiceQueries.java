package dev.acm2.gateway;

import dev.acm2.gateway.Version.Service;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// What the tables know beside runs: who writes, and what could not be read.
final class ServiceQueries {

  private static final String SERVICES =
    "SELECT service, instance, build_id, last_seen_at FROM projection.producer" +
    " ORDER BY service, last_seen_at DESC, instance";
  private static final String GENERATION = "SELECT current FROM projection.generation";
  private static final String WRITTEN =
    "SELECT topic, partition, next_offset FROM projection.sink_offset";
  private static final String COUNT = "SELECT count(*) FROM projection.quarantine";
  private static final String NEWEST =
    "SELECT topic, partition, log_offset, error, at FROM projection.quarantine" +
    " ORDER BY at DESC, topic, partition, log_offset DESC LIMIT 100";

  private final Tables tables;

  ServiceQueries(Tables tables) {
    this.tables = tables;
  }

  Version version(String buildId) {
    return tables.read(connection ->
      new Version(buildId, Math.toIntExact(number(connection, GENERATION)), services(connection))
    );
  }

  /// How far the tables have come.
  ///
  /// @param generation of the views
  /// @param services everyone who has ever written to the log; of each service the newest first
  /// @param written by partition of a topic, the first record that they do not hold yet
  record Standing(int generation, List<Service> services, Map<TopicPartition, Long> written) {}

  Standing standing() {
    return tables.read(connection ->
      new Standing(
        Math.toIntExact(number(connection, GENERATION)),
        services(connection),
        written(connection)
      )
    );
  }

  Quarantine quarantine() {
    return tables.read(connection -> new Quarantine(number(connection, COUNT), newest(connection)));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (
      PreparedStatement select = connection.prepareStatement(sql);
      ResultSet row = select.executeQuery()
    ) {
      if (!row.next()) {
        throw new SQLException("no row: " + sql);
      }
      return row.getLong(1);
    }
  }

  private static List<Service> services(Connection connection) throws SQLException {
    List<Service> services = new ArrayList<>();
    try (
      PreparedStatement select = connection.prepareStatement(SERVICES);
      ResultSet row = select.executeQuery()
    ) {
      while (row.next()) {
        services.add(
          new Service(row.getString(1), row.getString(2), row.getString(3), instant(row, 4))
        );
      }
    }
    return List.copyOf(services);
  }

  private static Map<TopicPartition, Long> written(Connection connection) throws SQLException {
    Map<TopicPartition, Long> written = new HashMap<>();
    try (
      PreparedStatement select = connection.prepareStatement(WRITTEN);
      ResultSet row = select.executeQuery()
    ) {
      while (row.next()) {
        written.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
      }
    }
    return Map.copyOf(written);
  }

  private static List<Quarantine.Item> newest(Connection connection) throws SQLException {
    List<Quarantine.Item> items = new ArrayList<>();
    try (
      PreparedStatement select = connection.prepareStatement(NEWEST);
      ResultSet row = select.executeQuery()
    ) {
      while (row.next()) {
        items.add(
          new Quarantine.Item(
            row.getString(1),
            row.getInt(2),
            row.getLong(3),
            row.getString(4),
            instant(row, 5)
          )
        );
      }
    }
    return List.copyOf(items);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
