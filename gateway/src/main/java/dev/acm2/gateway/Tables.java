package dev.acm2.gateway;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Transactions in the database.
final class Tables {

  private final DataSource dataSource;

  Tables(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// What is done with a connection.
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /// All statements of the reading see the tables as of one moment.
  ///
  /// @throws ProblemException store-unavailable when they cannot be read
  <T> T read(Work<T> reading) {
    return transaction(true, Connection.TRANSACTION_REPEATABLE_READ, reading);
  }

  /// Each statement of the writing sees what was committed before it; all of it is written or nothing.
  ///
  /// @throws ProblemException store-unavailable when that cannot be done
  <T> T write(Work<T> writing) {
    return transaction(false, Connection.TRANSACTION_READ_COMMITTED, writing);
  }

  private <T> T transaction(boolean readOnly, int isolation, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setReadOnly(readOnly);
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      T result = work.with(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw ProblemException.storeUnavailable(e);
    }
  }
}
