package dev.acm2.gateway;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Reads from the tables of the projection.
final class Tables {

  private final DataSource dataSource;

  Tables(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// What is done with a connection.
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /// All statements of the reading see the tables as of one moment.
  ///
  /// @throws ProblemException store-unavailable when they cannot be read
  <T> T read(Reading<T> reading) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      T result = reading.from(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw ProblemException.storeUnavailable(e);
    }
  }
}
