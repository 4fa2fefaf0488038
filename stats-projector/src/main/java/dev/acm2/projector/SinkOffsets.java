package dev.acm2.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/// How far each topic has been written to the tables. The offset and the rows change in one
/// transaction, so the committed rows are those of the log up to it, whatever crashes.
final class SinkOffsets {

  private static final String ENSURE =
    "INSERT INTO projection.sink_offset (topic, partition, next_offset) VALUES (?, ?, 0)" +
    " ON CONFLICT DO NOTHING";
  private static final String NEXT =
    "SELECT next_offset FROM projection.sink_offset WHERE topic = ? AND partition = ?";
  // Not `=`: gaps are normal, since transaction markers take offsets too.
  private static final String ADVANCE =
    "UPDATE projection.sink_offset SET next_offset = ?" +
    " WHERE topic = ? AND partition = ? AND next_offset <= ?";

  private SinkOffsets() {}

  /// The next offset to write.
  static long next(Connection connection, TopicPartition partition) throws SQLException {
    try (
      PreparedStatement ensure = connection.prepareStatement(ENSURE);
      PreparedStatement select = connection.prepareStatement(NEXT)
    ) {
      ensure.setString(1, partition.topic());
      ensure.setInt(2, partition.partition());
      ensure.executeUpdate();
      select.setString(1, partition.topic());
      select.setInt(2, partition.partition());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no offset of " + partition);
        }
        return row.getLong(1);
      }
    }
  }

  /// Claims the records from first to last.
  ///
  /// @return false when another sink has written the first of them already: nothing may be written
  static boolean advance(Connection connection, TopicPartition partition, long first, long last)
    throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
      update.setLong(1, last + 1);
      update.setString(2, partition.topic());
      update.setInt(3, partition.partition());
      update.setLong(4, first);
      return update.executeUpdate() == 1;
    }
  }
}
