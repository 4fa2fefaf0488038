package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// However a program ends, nothing that it started lives on.
@EnabledOnOs(OS.LINUX)
class CommandKillTest extends CommandFixture {

  /// Says who it is, and can only be ended by the signal that cannot be ignored.
  private static final String STUBBORN = "(trap '' TERM INT HUP; echo $BASHPID >> pids; sleep 300)";

  @Test
  void shouldLeaveNoChildAliveAtTheLimit() throws Exception {
    // given: children that ignore all signals, one of them in a session of its own
    String script =
      "trap '' TERM INT HUP; echo $$ >> pids; echo begun; echo working >&2;" +
      STUBBORN +
      " & setsid bash -c \"" +
      STUBBORN.replace("$", "\\$") +
      "\" & while true; do sleep 1; done";
    Exchange exchange = open(provider(List.of("bash", "-c", "cd " + folder + ";" + script)));
    List<Long> pids = pids(3);
    // when
    ExchangeEnd end = exchange.await(Duration.ofMillis(100));
    // then
    assertThat(end).isInstanceOf(ExchangeEnd.TimedOut.class);
    assertThat(failure(end).kind()).isEqualTo(FailureKind.ATTEMPT_TIMEOUT);
    assertThat(text(end.arrived())).isEqualTo("{\"stdout\":\"begun\\n\"}\nworking\n");
    awaitDead(pids);
  }

  @Test
  void shouldLeaveNoChildAliveOnAbort() throws Exception {
    Exchange exchange = open(
      provider(List.of("bash", "-c", "cd " + folder + ";" + STUBBORN + " &" + STUBBORN))
    );
    CompletableFuture<ExchangeEnd> end = CompletableFuture.supplyAsync(
      () -> exchange.await(PATIENCE),
      Thread::startVirtualThread
    );
    List<Long> pids = pids(2);
    exchange.abort();
    assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(ExchangeEnd.Aborted.class);
    awaitDead(pids);
  }

  @Test
  void shouldNotWaitForChildrenThatOutliveTheProgram() throws Exception {
    // given: a program that ends well, with a child that holds its output open
    ExchangeEnd end = run(
      "cd " + folder + "; echo text; " + STUBBORN + " & until test -s pids; do :; done; exit 0"
    );
    assertThat(success(end).text()).isEqualTo("text\n");
    awaitDead(pids(1));
  }

  @Test
  void shouldKillWhatRunsWhenItIsClosed() throws Exception {
    Exchange exchange = open(provider(List.of("bash", "-c", "cd " + folder + ";" + STUBBORN)));
    List<Long> pids = pids(1);
    exchanges.close();
    awaitDead(pids);
    assertThat(exchange.await(PATIENCE)).isInstanceOf(ExchangeEnd.Aborted.class);
  }

  private List<Long> pids(int count) {
    Path file = folder.resolve("pids");
    Await.until(
      "the children",
      PATIENCE,
      () -> Files.exists(file) && Files.readAllLines(file).size() == count
    );
    try {
      return Files.readAllLines(file).stream().map(Long::valueOf).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitDead(List<Long> pids) {
    for (long pid : pids) {
      Await.until("the end of process " + pid, PATIENCE, () -> isDead(pid));
    }
  }

  /// A killed process that nobody has asked about yet is a zombie, and runs no more. One that goes while
  /// its status is read makes the reading fail.
  private static boolean isDead(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      return Files.readString(status).contains("State:\tZ");
    } catch (IOException e) {
      if (Files.exists(status)) {
        throw e;
      }
      return true;
    }
  }
}
