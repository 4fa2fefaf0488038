package dev.acm2.worker.call;

import com.zaxxer.hikari.HikariDataSource;
import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.testkit.TestInfrastructure;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// R10, R12: with the real store, which all the calls want at once.
@Timeout(120)
class OvershootIT {

  @ParameterizedTest
  @EnumSource(Overshoot.Hang.class)
  void shouldStopCallsThatHang(Overshoot.Hang how) {
    try (HikariDataSource database = new HikariDataSource()) {
      database.setJdbcUrl(TestInfrastructure.shared().freshDatabase());
      database.setUsername("postgres");
      database.setMaximumPoolSize(5);
      Flyway.configure()
        .dataSource(database)
        .schemas(PostgresArtifactStore.SCHEMA)
        .createSchemas(true)
        .locations(PostgresArtifactStore.MIGRATIONS)
        .load()
        .migrate();
      Overshoot.measure("PostgreSQL", new PostgresArtifactStore(database), how);
    }
  }
}
