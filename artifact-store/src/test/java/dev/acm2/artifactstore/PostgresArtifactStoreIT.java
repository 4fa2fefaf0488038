package dev.acm2.artifactstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.embedded.EmbeddedPostgreSql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class PostgresArtifactStoreIT {

  private EmbeddedPostgreSql postgres;
  private ArtifactStore store;

  @BeforeAll
  void startDatabase(@TempDir Path folder) {
    postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"));
    Flyway.configure()
      .dataSource(postgres.dataSource())
      .schemas(PostgresArtifactStore.SCHEMA)
      .locations(PostgresArtifactStore.MIGRATIONS)
      .load()
      .migrate();
    store = new PostgresArtifactStore(postgres.dataSource());
  }

  @AfterAll
  void stopDatabase() {
    postgres.close();
  }

  @Test
  void shouldGiveBackWhatWasStored() {
    byte[] content = "# Größe \u0000 \uD83D\uDE00".getBytes(StandardCharsets.UTF_8);

    ArtifactRef ref = store.put(content, "text/markdown");

    ArtifactStore.Artifact found = store.find(ref.sha256()).orElseThrow();
    assertThat(found.content()).isEqualTo(content);
    assertThat(found.ref()).isEqualTo(ref).isEqualTo(ArtifactRef.of(content, "text/markdown"));
  }

  @Test
  void shouldStoreTheSameContentOnce() {
    ArtifactRef first = store.put(new byte[] { 1, 2, 3 }, "text/plain");
    ArtifactRef second = store.put(new byte[] { 1, 2, 3 }, "text/plain");

    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldKeepAnEmptyContent() {
    assertThat(store.find(store.put(new byte[0], "text/plain").sha256())).isPresent();
  }

  @Test
  void shouldNotFindWhatWasNeverStored() {
    assertThat(store.find("0".repeat(64))).isEmpty();
  }

  @Test
  void shouldSayThatTheStoreIsAway() {
    var nowhere = new org.postgresql.ds.PGSimpleDataSource();
    nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere?user=postgres");

    assertThatExceptionOfType(ArtifactStoreException.class).isThrownBy(() ->
      new PostgresArtifactStore(nowhere).put(new byte[] { 1 }, "text/plain")
    );
  }
}
