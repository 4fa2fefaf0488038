package dev.acm2.artifactstore;

import dev.acm2.contract.ArtifactRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// Artifacts in PostgreSQL, in the table that the migration of [#MIGRATIONS] creates.
public final class PostgresArtifactStore implements ArtifactStore {

  /// Flyway location of the table.
  public static final String MIGRATIONS = "classpath:dev/acm2/artifactstore/migrations";

  /// Schema of the table, and of Flyway's own history of it.
  public static final String SCHEMA = "artifact";

  private static final String INSERT =
    "INSERT INTO artifact.artifact (sha256, media_type, content) VALUES (?, ?, ?)" +
    " ON CONFLICT (sha256) DO NOTHING";
  private static final String SELECT =
    "SELECT media_type, content FROM artifact.artifact WHERE sha256 = ?";

  private final DataSource dataSource;

  public PostgresArtifactStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public ArtifactRef put(byte[] content, String mediaType) {
    ArtifactRef ref = ArtifactRef.of(content, mediaType);
    try (
      Connection connection = dataSource.getConnection();
      PreparedStatement insert = connection.prepareStatement(INSERT)
    ) {
      insert.setString(1, ref.sha256());
      insert.setString(2, mediaType);
      insert.setBytes(3, content);
      insert.executeUpdate();
      return ref;
    } catch (SQLException e) {
      throw new ArtifactStoreException("cannot store an artifact of " + ref.size() + " bytes", e);
    }
  }

  @Override
  public Optional<Artifact> find(String sha256) {
    try (
      Connection connection = dataSource.getConnection();
      PreparedStatement select = connection.prepareStatement(SELECT)
    ) {
      select.setString(1, sha256);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(sha256, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new ArtifactStoreException("cannot read artifact " + sha256, e);
    }
  }

  private static Artifact read(String sha256, ResultSet row) throws SQLException {
    byte[] content = row.getBytes("content");
    return new Artifact(
      new ArtifactRef(sha256, content.length, row.getString("media_type")),
      content
    );
  }
}
