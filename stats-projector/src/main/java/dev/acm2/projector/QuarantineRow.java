package dev.acm2.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// A record that could not be read, by where it stood first.
record QuarantineRow(
  String topic,
  int partition,
  long offset,
  String error,
  byte @Nullable [] key,
  byte @Nullable [] value,
  Instant at
) {
  private static final String INSERT =
    "INSERT INTO projection.quarantine (topic, partition, log_offset, error, key, value, at)" +
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  /// The record itself is what cannot be read.
  static QuarantineRow of(ConsumerRecord<byte[], byte[]> received, String error) {
    QuarantineHeaders place = new QuarantineHeaders(
      received.topic(),
      received.partition(),
      received.offset(),
      error
    );
    return of(received, place);
  }

  static QuarantineRow of(ConsumerRecord<byte[], byte[]> received, QuarantineHeaders place) {
    return new QuarantineRow(
      place.topic(),
      place.partition(),
      place.offset(),
      place.error(),
      received.key(),
      received.value(),
      Instant.ofEpochMilli(received.timestamp())
    );
  }

  static void write(Connection connection, Collection<QuarantineRow> rows) throws SQLException {
    Rows.write(connection, INSERT, rows, (statement, row) -> {
      statement.setString(1, Rows.text(row.topic()));
      statement.setInt(2, row.partition());
      statement.setLong(3, row.offset());
      statement.setString(4, Rows.text(row.error()));
      statement.setBytes(5, row.key());
      statement.setBytes(6, row.value());
      statement.setObject(7, Rows.time(row.at()));
    });
  }
}
