package dev.acm2.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// Databases of older versions become those of this one.
class ProjectionSchemaIT {

  private final Database database = new Database();

  @Test
  void shouldFoldTheLogAnewWhenViewsHaveAnotherForm() throws SQLException {
    // given a database as the first version left it
    Flyway.configure()
      .dataSource(database.dataSource())
      .schemas("projection")
      .createSchemas(true)
      .locations("classpath:dev/acm2/projector/migrations")
      .target("1")
      .load()
      .migrate();
    database.execute(
      "INSERT INTO projection.run (run_id, version, partition, generation, name, status," +
        " requested_at, view) VALUES (gen_random_uuid(), 7, 0, 1, 'old', 'FINISHED', now(), '{}');" +
        "INSERT INTO projection.call (run_id, call_id, version, generation, state, view)" +
        " VALUES (gen_random_uuid(), 'c', 7, 1, 'OK', '{}');" +
        "INSERT INTO projection.sink_offset (topic, partition, next_offset)" +
        " VALUES ('acm2.views', 0, 8), ('acm2.events', 0, 9)"
    );

    // when
    ProjectionSchema.migrate(database.dataSource());

    // then
    assertThat(ProjectionSchema.generation(database.dataSource())).isEqualTo(3);
    assertThat(database.rows("SELECT count(*) FROM projection.run")).containsExactly("0");
    assertThat(database.rows("SELECT count(*) FROM projection.call")).containsExactly("0");
    assertThat(
      database.rows("SELECT topic, next_offset FROM projection.sink_offset")
    ).containsExactly("acm2.events|9");
  }
}
