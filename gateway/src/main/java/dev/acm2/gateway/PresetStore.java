package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSubmission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Presets and all of their versions.
///
/// Guarantee: a save replaces the very version that it was based on, or fails. Whoever changes presets does
/// so alone.
final class PresetStore {

  private static final String LATEST =
    "SELECT DISTINCT ON (name) name, version, saved_at, submission FROM preset.preset" +
    " ORDER BY name, version DESC";
  private static final String VERSIONS =
    "SELECT name, version, saved_at, submission FROM preset.preset WHERE name = ?" +
    " ORDER BY version DESC LIMIT ?";
  private static final String ALONE = "LOCK TABLE preset.preset IN SHARE ROW EXCLUSIVE MODE";
  private static final String NEWEST = "SELECT max(version) FROM preset.preset WHERE name = ?";
  private static final String ADD =
    "INSERT INTO preset.preset (name, version, saved_at, submission) VALUES (?, ?, ?, ?)";
  private static final String DELETE = "DELETE FROM preset.preset WHERE name = ?";

  private final PresetSchema schema;
  private final Tables tables;

  PresetStore(PresetSchema schema, Tables tables) {
    this.schema = schema;
    this.tables = tables;
  }

  /// The latest version of each, by name.
  List<Preset> all() {
    schema.ensure();
    return tables.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(LATEST)) {
        return presets(select);
      }
    });
  }

  Optional<Preset> latest(String name) {
    return versions(name, 1).stream().findFirst();
  }

  /// Newest first; none when there is no such preset.
  List<Preset> versions(String name) {
    return versions(name, Integer.MAX_VALUE);
  }

  /// @param basedOn null when there is none yet
  /// @throws ProblemException preset-changed when that is not the latest version
  Preset save(String name, @Nullable Integer basedOn, RunSubmission submission, Instant now) {
    schema.ensure();
    return tables.write(connection -> {
      lock(connection);
      @Nullable
      Integer newest = newest(connection, name);
      if (!Objects.equals(newest, basedOn)) {
        throw ProblemException.presetChanged(newest, basedOn);
      }
      Preset next = new Preset(name, newest == null ? 1 : newest + 1, now, submission);
      add(connection, next);
      return next;
    });
  }

  /// All versions.
  ///
  /// @return whether there was one
  boolean delete(String name) {
    schema.ensure();
    return tables.write(connection -> {
      lock(connection);
      try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
        delete.setString(1, name);
        return delete.executeUpdate() > 0;
      }
    });
  }

  private List<Preset> versions(String name, int limit) {
    schema.ensure();
    return tables.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(VERSIONS)) {
        select.setString(1, name);
        select.setInt(2, limit);
        return presets(select);
      }
    });
  }

  private static void lock(Connection connection) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute(ALONE);
    }
  }

  private static @Nullable Integer newest(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1, Integer.class) : null;
      }
    }
  }

  private static void add(Connection connection, Preset preset) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, preset.name());
      insert.setInt(2, preset.version());
      insert.setObject(3, preset.savedAt().atOffset(ZoneOffset.UTC));
      insert.setString(4, ContractJson.EVENTS.writeValueAsString(preset.submission()));
      insert.executeUpdate();
    }
  }

  private static List<Preset> presets(PreparedStatement select) throws SQLException {
    List<Preset> presets = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        presets.add(
          new Preset(
            row.getString("name"),
            row.getInt("version"),
            row.getObject("saved_at", OffsetDateTime.class).toInstant(),
            ContractJson.EVENTS.readValue(row.getString("submission"), RunSubmission.class)
          )
        );
      }
    }
    return List.copyOf(presets);
  }
}
