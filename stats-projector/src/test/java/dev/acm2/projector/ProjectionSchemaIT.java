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
    migrateTo("1");
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
    assertThat(ProjectionSchema.generation(database.dataSource())).isEqualTo(4);
    assertThat(database.rows("SELECT count(*) FROM projection.run")).containsExactly("0");
    assertThat(database.rows("SELECT count(*) FROM projection.call")).containsExactly("0");
    assertThat(
      database.rows("SELECT topic, next_offset FROM projection.sink_offset")
    ).containsExactly("acm2.events|9");
  }

  /// A text of a call may hold a NUL, and words that look like its end; a clock may be out of its mind.
  @Test
  void shouldTakeTheTimesOfWhatIsThereFromItsViews() throws SQLException {
    // given a database in which neither runs nor calls have them in columns
    migrateTo("4");
    run(
      "\"name\":\"a \\\"startedAt\\\":\\\"x\\\" \\u0000\",\"startedAt\":\"2026-01-02T03:04:05.678Z\""
    );
    run("\"startedAt\":null,\"finishedAt\":null");
    call("1", "OK", "\"finishedAt\":\"2026-01-02T03:04:05.123456789Z\",\"preview\":\"\\u0000\"");
    call("2", "FAILED", "\"finishedAt\":\"+10000-01-01T00:00:00Z\"");
    call("3", "SKIPPED", "\"finishedAt\":\"-0044-03-15T00:00:00Z\"");
    call("4", "IN_FLIGHT", "\"finishedAt\":null");

    // when
    migrateTo("5");

    // then
    assertThat(
      database.rows("SELECT started_at AT TIME ZONE 'UTC' FROM projection.run ORDER BY 1")
    ).containsExactly("2026-01-02 03:04:05.678", "null");
    assertThat(
      database.rows(
        "SELECT call_id, finished_at AT TIME ZONE 'UTC' FROM projection.call ORDER BY call_id"
      )
    ).containsExactly(
      "1|2026-01-02 03:04:05.123457",
      "2|9999-12-31 23:59:59",
      "3|0001-01-01 00:00:00",
      "4|null"
    );
    assertThat(ProjectionSchema.generation(database.dataSource())).isEqualTo(3);
    assertThat(
      database.rows("SELECT proname FROM pg_proc WHERE pronamespace = 'projection'::regnamespace")
    ).isEmpty();
  }

  private void migrateTo(String version) {
    Flyway.configure()
      .dataSource(database.dataSource())
      .schemas("projection")
      .createSchemas(true)
      .locations("classpath:dev/acm2/projector/migrations")
      .target(version)
      .load()
      .migrate();
  }

  private void run(String view) throws SQLException {
    database.execute(
      "INSERT INTO projection.run (run_id, version, partition, generation, name, status," +
        " requested_at, view) VALUES (gen_random_uuid(), 7, 0, 1, 'old', 'RUNNING', now(), '{" +
        view +
        "}')"
    );
  }

  private void call(String callId, String state, String view) throws SQLException {
    database.execute(
      "INSERT INTO projection.call (run_id, call_id, version, generation, state, view)" +
        (" VALUES (gen_random_uuid(), '" + callId + "', 7, 1, '" + state + "', '{" + view + "}')")
    );
  }
}
