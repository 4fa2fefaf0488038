package dev.acm2.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// acm2.quarantine -> quarantine.
final class QuarantineRows implements RowWriter {

  @Override
  public void write(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException {
    QuarantineRow.write(connection, records.stream().map(QuarantineRows::row).toList());
  }

  private static QuarantineRow row(ConsumerRecord<byte[], byte[]> received) {
    try {
      return QuarantineRow.of(received, QuarantineHeaders.read(received.headers()));
    } catch (IllegalArgumentException e) {
      return QuarantineRow.of(received, "quarantined without saying why: " + e.getMessage());
    }
  }
}
