package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs programs as the worker does.
@Timeout(120)
abstract class CommandFixture {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String KEY = "canary-key-0123456789";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir
  Path folder = Path.of("");

  static final CallOptions PLAIN = new CallOptions(500, Demand.OFF, Demand.OFF);

  final Queue<String> lines = new ConcurrentLinkedQueue<>();
  final CommandExchanges exchanges = new CommandExchanges();

  @AfterEach
  void stop() {
    exchanges.close();
  }

  ExchangeEnd run(String script) {
    return run(script, "Sum up: ü.");
  }

  ExchangeEnd run(String script, String prompt) {
    return open(provider(List.of("bash", "-c", script)), prompt).await(PATIENCE);
  }

  Exchange open(Provider provider) {
    return open(provider, "Sum up: ü.");
  }

  Exchange open(Provider provider, String prompt) {
    return open(provider, provider.body("gpt-x", prompt, PLAIN, null));
  }

  Exchange open(Provider provider, byte[] body) {
    String id = "test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    Target.Program program = (Target.Program) provider.target();
    return exchanges.open(program, provider.request("gpt-x", body, id, lines::add));
  }

  static Provider provider(List<String> command) {
    Target target = new Target.Program(new CommandProtocol(), command, "TOOL_KEY");
    return new Provider("command", target, new Secret(KEY), true);
  }

  static String text(Arrived arrived) {
    return new String(arrived.body(), StandardCharsets.UTF_8);
  }

  static AttemptOutcome classified(ExchangeEnd end) {
    return provider(List.of("x")).classify(end, WorkItems.PLAIN, Instant.EPOCH);
  }

  static Success success(ExchangeEnd end) {
    AttemptOutcome outcome = classified(end);
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Success.class);
    return (Success) outcome;
  }

  static Failure failure(ExchangeEnd end) {
    AttemptOutcome outcome = classified(end);
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Failure.class);
    return (Failure) outcome;
  }
}
