package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Runs that were given up for good: nobody has to wait until they reach the tables.
final class DeletedRuns {

  private static final String DELETED = "SELECT 1 FROM projection.deleted_run WHERE run_id = ?";

  private DeletedRuns() {}

  /// @throws ProblemException run-not-found when the run was deleted
  static void refuse(Connection connection, RunId runId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(DELETED)) {
      select.setObject(1, runId.value());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          throw ProblemException.runDeleted();
        }
      }
    }
  }
}
