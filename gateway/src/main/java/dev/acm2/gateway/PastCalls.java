package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Successful calls of the newest runs: of each model and phase at most 1,000, out of at most 200 runs, so
/// that the effort does not grow with what has ever been run. A document that was taken over from another
/// run was not called for: it is no example.
final class PastCalls {

  /// Views are read here and not by the database, whose operators of json refuse each view in which
  /// somebody wrote a NUL.
  private static final String NEWEST =
    "SELECT call.view" +
    " FROM (SELECT run_id, requested_at FROM projection.run" +
    " ORDER BY requested_at DESC, run_id DESC LIMIT 200) run" +
    " JOIN projection.call call USING (run_id)" +
    " WHERE call.state = 'OK' AND call.view LIKE '%\"startedAt\":\"%'" +
    " AND call.model = ? AND (?::text IS NULL OR call.phase = ?)" +
    " ORDER BY run.requested_at DESC LIMIT 1000";

  private final Tables tables;

  /// What is wanted of the view of a successful call.
  private record Told(Instant startedAt, Instant finishedAt, Usd costUsd) {}

  PastCalls(Tables tables) {
    this.tables = tables;
  }

  /// Examples for every part of the plan. A model that was not used in a phase yet is judged by what it
  /// did in others.
  List<PastCall> of(Plan plan) {
    return tables.read(connection -> {
      List<PastCall> past = new ArrayList<>();
      for (Plan.Part part : plan.calls()) {
        past.addAll(of(connection, part.phase(), part.model()));
      }
      return List.copyOf(past);
    });
  }

  private static List<PastCall> of(Connection connection, Phase phase, ModelId model)
    throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setString(1, model.toString());
      List<PastCall> same = read(select, phase, model, phase.name());
      return same.isEmpty() ? read(select, phase, model, null) : same;
    }
  }

  private static List<PastCall> read(
    PreparedStatement select,
    Phase phase,
    ModelId model,
    @Nullable String only
  ) throws SQLException {
    select.setString(2, only);
    select.setString(3, only);
    List<PastCall> past = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Told told = ContractJson.VIEWS.readValue(row.getString(1), Told.class);
        Duration time = Duration.between(told.startedAt(), told.finishedAt());
        past.add(new PastCall(phase, model, time, told.costUsd()));
      }
    }
    return past;
  }
}
