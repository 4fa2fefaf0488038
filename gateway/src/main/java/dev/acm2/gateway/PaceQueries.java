package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How runs went over their time. The calls are counted where they lie: one statement and at most 24 rows a
/// run, however many calls it has, out of an index that holds all that is asked.
final class PaceQueries {

  private static final String STRETCH =
    "CASE WHEN finished_at >= ended THEN " +
    (RunPace.STRETCHES - 1) +
    " WHEN finished_at <= began THEN 0" +
    " ELSE LEAST(" +
    RunPace.STRETCHES +
    ", width_bucket(date_part('epoch', finished_at - began), 0, date_part('epoch', ended - began), " +
    RunPace.STRETCHES +
    ")) - 1 END";
  /// The lateral join makes each run a range of the index; a plain one may read the calls of all runs.
  private static final String PACES =
    "WITH asked AS (SELECT run_id, began, GREATEST(began, COALESCE(finished_at, ?)) AS ended" +
    " FROM (SELECT run_id, COALESCE(started_at, requested_at) AS began, finished_at" +
    " FROM projection.run WHERE run_id = ANY (?)) run)" +
    " SELECT asked.*, stretch, ok, bad, other FROM asked LEFT JOIN LATERAL (SELECT " +
    STRETCH +
    " AS stretch," +
    " count(*) FILTER (WHERE state = 'OK') AS ok," +
    " count(*) FILTER (WHERE state IN ('FAILED', 'TIMED_OUT')) AS bad," +
    " count(*) FILTER (WHERE state IN ('CANCELLED', 'SKIPPED')) AS other" +
    " FROM projection.call WHERE call.run_id = asked.run_id AND finished_at IS NOT NULL" +
    " GROUP BY stretch) counted ON true ORDER BY run_id, stretch";

  private final Tables tables;

  PaceQueries(Tables tables) {
    this.tables = tables;
  }

  /// Those of the runs that the tables hold, in the order of their ids.
  ///
  /// @param now where the time of runs that go on ends
  RunPaces of(List<RunId> runs, Instant now) {
    return tables.read(connection -> read(connection, runs, now));
  }

  private static RunPaces read(Connection connection, List<RunId> runs, Instant now)
    throws SQLException {
    UUID[] ids = runs
      .stream()
      .map(RunId::value)
      .toArray(UUID[]::new);
    try (PreparedStatement select = connection.prepareStatement(PACES)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setArray(2, connection.createArrayOf("uuid", ids));
      return paces(select);
    }
  }

  private static RunPaces paces(PreparedStatement select) throws SQLException {
    Map<RunId, PaceTally> tallies = new LinkedHashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        RunId runId = new RunId(row.getObject("run_id", UUID.class));
        Instant began = instant(row, "began");
        Instant ended = instant(row, "ended");
        PaceTally tally = tallies.computeIfAbsent(runId, id -> new PaceTally(id, began, ended));
        // Of a run in which no call has ended there is one row, with a stretch that is null, read as 0.
        tally.add(row.getInt("stretch"), row.getInt("ok"), row.getInt("bad"), row.getInt("other"));
      }
    }
    return new RunPaces(tallies.values().stream().map(PaceTally::pace).toList());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
