package dev.acm2.gateway;

import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Makes the table of presets before its first use, so that the gateway waits for no database when it
/// starts. Flyway's lock makes it safe that several gateways do this at once.
final class PresetSchema {

  private static final String SCHEMA = "preset";
  private static final String MIGRATIONS = "classpath:dev/acm2/gateway/migrations";

  private final DataSource dataSource;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean there;

  PresetSchema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @throws ProblemException store-unavailable
  void ensure() {
    if (there) {
      return;
    }
    lock.lock();
    try {
      if (!there) {
        migrate();
        there = true;
      }
    } catch (FlywayException e) {
      throw ProblemException.storeUnavailable(e);
    } finally {
      lock.unlock();
    }
  }

  private void migrate() {
    Flyway.configure()
      .dataSource(dataSource)
      .schemas(SCHEMA)
      .createSchemas(true)
      .locations(MIGRATIONS)
      .load()
      .migrate();
  }
}
