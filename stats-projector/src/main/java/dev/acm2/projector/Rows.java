package dev.acm2.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A batch of rows for one statement.
final class Rows {

  private Rows() {}

  /// Sets the parameters of one row.
  interface Binding<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  static <T> void write(Connection connection, String sql, Collection<T> rows, Binding<T> binding)
    throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        binding.bind(statement, row);
        statement.addBatch();
      }
      int[] _ = statement.executeBatch();
    }
  }

  /// PostgreSQL keeps no NUL in a text: it becomes the replacement character.
  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString().replace('\0', '\uFFFD');
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
