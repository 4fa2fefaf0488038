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

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

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

  /// PostgreSQL keeps no time beyond its own range: it becomes the first or the last of a four-digit year.
  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    Instant kept = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    return kept.atOffset(ZoneOffset.UTC);
  }
}
