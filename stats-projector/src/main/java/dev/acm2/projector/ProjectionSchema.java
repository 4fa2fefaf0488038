package dev.acm2.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The tables of the projection, with a migration history of their own.
final class ProjectionSchema {

  private static final String SCHEMA = "projection";
  private static final String MIGRATIONS = "classpath:dev/acm2/projector/migrations";

  private ProjectionSchema() {}

  static void migrate(DataSource dataSource) {
    Flyway.configure()
      .dataSource(dataSource)
      .schemas(SCHEMA)
      .createSchemas(true)
      .locations(MIGRATIONS)
      .load()
      .migrate();
  }

  static int generation(DataSource dataSource) throws SQLException {
    try (
      Connection connection = dataSource.getConnection();
      PreparedStatement select = connection.prepareStatement(
        "SELECT current FROM projection.generation"
      );
      ResultSet row = select.executeQuery()
    ) {
      if (!row.next()) {
        throw new SQLException("the generation is missing");
      }
      return row.getInt(1);
    }
  }
}
