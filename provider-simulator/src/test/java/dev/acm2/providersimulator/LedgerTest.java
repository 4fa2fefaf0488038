package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class LedgerTest {

  private static final Instant T0 = Instant.parse("2026-01-05T10:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir
  Path folder;

  @Test
  void shouldCountTheExchangesUnderWayAtEachArrival() {
    Ledger ledger = new Ledger(null);

    long first = arrive(ledger, "run-1/a");
    arrive(ledger, "run-1/b");
    ledger.finish(first, T0.plusSeconds(1), LedgerEntry.OK, 200, false);
    arrive(ledger, "run-2/a");

    assertThat(ledger.entries()).extracting(LedgerEntry::concurrency).containsExactly(1, 2, 2);
    assertThat(ledger.peakConcurrency()).isEqualTo(2);
    assertThat(ledger.inFlight()).isEqualTo(2);
    assertThat(ledger.entries().getFirst().finishedAt()).isEqualTo(T0.plusSeconds(1));
  }

  @Test
  void shouldSelectBySequenceAndRequestId() {
    Ledger ledger = new Ledger(null);
    arrive(ledger, "run-1/a");
    arrive(ledger, "run-2/a");
    arrive(ledger, "run-1/b");

    assertThat(ledger.entries(1, "run-1")).extracting(LedgerEntry::sequence).containsExactly(3L);
    assertThat(ledger.summary()).isEqualTo(Map.of("gpt-5", Map.of(LedgerEntry.IN_FLIGHT, 3L)));
  }

  @Test
  void shouldKeepCountingExchangesUnderWayWhenCleared() {
    Ledger ledger = new Ledger(null);
    long first = arrive(ledger, "a");

    ledger.clear();
    long second = arrive(ledger, "b");
    ledger.finish(first, T0, LedgerEntry.OK, 200, false);
    ledger.finish(second, T0, LedgerEntry.OK, 200, false);

    assertThat(ledger.entries())
      .extracting(LedgerEntry::sequence, LedgerEntry::concurrency)
      .containsExactly(tuple(2L, 2));
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void shouldGoOnFromItsFile() throws Exception {
    Path path = folder.resolve("ledger.jsonl");
    Ledger before = open(path);
    long first = arrive(before, "a");
    before.finish(first, T0.plusSeconds(1), LedgerEntry.OK, 200, false);
    LedgerEntry finished = before.entries().getFirst();
    arrive(before, "b");
    before.close();
    Files.writeString(path, "{\"sequence\":3,\"rece", StandardOpenOption.APPEND);

    Ledger after = open(path);
    arrive(after, "c");

    assertThat(after.entries())
      .extracting(LedgerEntry::outcome)
      .containsExactly(LedgerEntry.OK, LedgerEntry.LOST, LedgerEntry.IN_FLIGHT);
    assertThat(after.entries()).first().isEqualTo(finished);
    assertThat(after.entries().getLast().sequence()).isEqualTo(3);
    assertThat(after.entries().getLast().concurrency()).isEqualTo(1);
    after.close();
    Ledger third = open(path);
    assertThat(third.count()).isEqualTo(3);
    third.close();
  }

  @Test
  void shouldForgetInTheFileToo() {
    Path path = folder.resolve("ledger.jsonl");
    Ledger before = open(path);
    arrive(before, "a");
    before.clear();
    arrive(before, "b");
    before.close();

    Ledger after = open(path);

    assertThat(after.entries()).extracting(LedgerEntry::requestId).containsExactly("b");
    after.close();
  }

  @Test
  void shouldRefuseAFileThatIsNoLedger() throws Exception {
    Path path = Files.writeString(folder.resolve("other.txt"), "something\nelse\n");

    assertThatThrownBy(() -> open(path)).isInstanceOf(JacksonException.class);
    assertThat(Files.readString(path)).isEqualTo("something\nelse\n");
  }

  private static Ledger open(Path path) {
    return new Ledger(new LedgerFile(path, JSON));
  }

  private static long arrive(Ledger ledger, String requestId) {
    return ledger.arrive(T0, new Ledger.Arrival("/v1/responses", "gpt-5", "abc", requestId, "def"));
  }
}
