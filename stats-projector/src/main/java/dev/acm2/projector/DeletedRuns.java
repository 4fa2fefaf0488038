package dev.acm2.projector;

import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Runs that were given up for good. Their ids are kept, so that no row of them comes back, whichever
/// sink is behind, and when the log is folded anew.
///
/// A deletion and the sinks that write other rows of runs exclude each other by locks of this table: a
/// deletion sees whatever they have written, and they see the deletion before they write.
final class DeletedRuns {

  private static final String DELETING = "LOCK TABLE projection.deleted_run IN EXCLUSIVE MODE";
  private static final String WRITING = "LOCK TABLE projection.deleted_run IN ROW SHARE MODE";
  private static final String KEEP =
    "INSERT INTO projection.deleted_run (run_id, partition, log_offset) VALUES (?, ?, ?)" +
    " ON CONFLICT DO NOTHING";
  private static final String AMONG =
    "SELECT run_id FROM projection.deleted_run WHERE run_id = ANY (?)";
  private static final List<String> TABLES = List.of("run", "call", "run_event", "run_log");

  private DeletedRuns() {}

  /// Deletes all rows of the runs, and keeps their ids.
  ///
  /// @param runs as they were deleted
  static void delete(Connection connection, Collection<RunView> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    lock(connection, DELETING);
    Rows.write(connection, KEEP, runs, (statement, run) -> {
      statement.setObject(1, run.runId().value());
      statement.setInt(2, run.asOf().partition());
      statement.setLong(3, run.asOf().offset());
    });
    Array ids = ids(connection, runs.stream().map(RunView::runId).toList());
    for (String table : TABLES) {
      String sql = "DELETE FROM projection." + table + " WHERE run_id = ANY (?)";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setArray(1, ids);
        delete.executeUpdate();
      }
    }
  }

  /// Those of the runs that are deleted; until the transaction ends no other one of them will be.
  static Set<RunId> whileWriting(Connection connection, Collection<RunId> runs)
    throws SQLException {
    lock(connection, WRITING);
    return among(connection, runs);
  }

  /// Those of the runs that are deleted.
  static Set<RunId> among(Connection connection, Collection<RunId> runs) throws SQLException {
    Set<RunId> deleted = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(AMONG)) {
      select.setArray(1, ids(connection, runs));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          deleted.add(new RunId(row.getObject(1, UUID.class)));
        }
      }
    }
    return deleted;
  }

  private static Array ids(Connection connection, Collection<RunId> runs) throws SQLException {
    return connection.createArrayOf("uuid", runs.stream().map(RunId::value).distinct().toArray());
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute(sql);
    }
  }
}
