package dev.acm2.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What a sink makes of the records of one topic. Writing the same records twice, or older ones after
/// newer ones, changes nothing.
interface RowWriter {
  /// Writes rows within the transaction of the connection.
  ///
  /// @param records of one partition in their order
  void write(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException;

  /// How many of the records, from the first on, may become visible together. The others wait for
  /// those that follow them.
  default int whole(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.size();
  }
}
