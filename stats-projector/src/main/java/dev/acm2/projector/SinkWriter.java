package dev.acm2.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Writes records of one partition and their offset in one transaction: all of it or nothing.
final class SinkWriter {

  private final DataSource dataSource;
  private final Map<String, RowWriter> writers;

  /// @param writers by topic
  SinkWriter(DataSource dataSource, Map<String, RowWriter> writers) {
    this.dataSource = dataSource;
    this.writers = writers;
  }

  long next(TopicPartition partition) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return SinkOffsets.next(connection, partition);
    }
  }

  int whole(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    return writer(topic).whole(records);
  }

  /// @param records in their order, at least one
  /// @return false when another sink was faster, and nothing was written
  boolean write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean mine = SinkOffsets.advance(
          connection,
          partition,
          records.getFirst().offset(),
          records.getLast().offset()
        );
        if (mine) {
          writer(partition.topic()).write(connection, records);
          connection.commit();
        } else {
          connection.rollback();
        }
        return mine;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private RowWriter writer(String topic) {
    @Nullable
    RowWriter writer = writers.get(topic);
    if (writer == null) {
      throw new IllegalArgumentException("nobody writes " + topic);
    }
    return writer;
  }

  Iterable<String> topics() {
    return writers.keySet();
  }
}
