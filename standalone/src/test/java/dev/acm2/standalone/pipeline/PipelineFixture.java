package dev.acm2.standalone.pipeline;

import dev.acm2.contract.RunId;
import dev.acm2.providersimulator.LedgerEntry;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/// The whole pipeline, started once for all tests of this JVM that share it, and a provider that works
/// until a test says otherwise.
abstract class PipelineFixture {

  static final String GPT = "openai:gpt-5.1";
  static final String LLAMA = "openai-compatible:llama-3.3-70b";
  private static final Duration ANSWER_TIME = Duration.ofMillis(200);

  static final Standalone ACM2 = start();

  final ProviderSimulator simulator = Objects.requireNonNull(ACM2.simulator());
  final Api api = new Api(ACM2.gatewayUrl());

  @BeforeEach
  void givenAProviderThatWorks() {
    simulator.clearScripts();
    simulator.ledger().clear();
  }

  private static Standalone start() {
    try {
      Path folder = Files.createTempDirectory("acm2-pipeline");
      SimulatorOptions options = SimulatorOptions.defaults().withLatency(ANSWER_TIME);
      Standalone started = Standalone.start(StandaloneOptions.in(folder).withSimulator(options));
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "pipeline-stop"));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertVerified(RunId runId) {
    Ledgers.assertVerified(api, runId, entries(runId));
  }

  List<LedgerEntry> entries(RunId runId) {
    Set<String> calls = callIds(runId);
    return simulator
      .ledger()
      .entries()
      .stream()
      .filter(entry -> calls.contains(Ledgers.callIdOf(entry)))
      .toList();
  }

  Set<String> callIds(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .map(call -> call.callId().value())
      .collect(Collectors.toCollection(TreeSet::new));
  }
}
