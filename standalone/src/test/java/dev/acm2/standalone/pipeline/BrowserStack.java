package dev.acm2.standalone.pipeline;

import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// The system that a part of the browser tests looks at. Its gateway is a process of its own, so that it
/// can be killed with SIGKILL under an open page: connections break off in the middle of a frame, and
/// nothing says goodbye. All else is in this JVM.
final class BrowserStack implements AutoCloseable {

  /// Answers take less than a second; tests that need time to interfere let a run make one call at a time.
  private static final double SPEED = 120;

  private final Path folder;
  private final Standalone acm2;
  private final StackControl control;
  private ServiceProcess gateway;

  private BrowserStack(Path folder) {
    this.folder = folder;
    SimulatorOptions simulator = SimulatorOptions.defaults().withSpeed(SPEED);
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data")).withSimulator(simulator).without(Service.GATEWAY)
    );
    gateway = launchGateway();
    control = new StackControl(
      Map.of(
        "/gateway/stop",
        () -> gateway.kill(),
        "/gateway/start",
        this::restartGateway,
        "/projector/stop",
        () -> acm2.stop(Service.PROJECTOR),
        "/projector/start",
        () -> acm2.start(Service.PROJECTOR)
      )
    );
  }

  /// Returns when the gateway answers that it is up.
  static BrowserStack start(Path folder) {
    BrowserStack stack = new BrowserStack(folder);
    stack.gateway.awaitReady();
    return stack;
  }

  /// For tests that are run by hand; argument: the folder. Prints the environment that they need.
  static void main(String[] arguments) throws InterruptedException {
    BrowserStack stack = start(Path.of(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "browser-stack-stop"));
    stack.environment().forEach((name, value) -> System.out.println(name + "=" + value));
    new CountDownLatch(1).await();
  }

  /// What the tests must be told.
  Map<String, String> environment() {
    return Map.of(
      "ACM2_BASE_URL",
      acm2.gatewayUrl(),
      "ACM2_LEDGER_URL",
      Objects.requireNonNull(acm2.simulator()).baseUrl(),
      "ACM2_CONTROL_URL",
      control.url()
    );
  }

  private void restartGateway() {
    gateway = launchGateway();
    gateway.awaitReady();
  }

  /// On the port that the gateway always had.
  private ServiceProcess launchGateway() {
    Service service = Service.GATEWAY;
    return ServiceProcess.start(service, acm2.arguments(service), acm2.url(service), folder);
  }

  @Override
  public void close() {
    control.close();
    gateway.close();
    acm2.close();
  }
}
