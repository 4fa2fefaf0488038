package dev.acm2.worker;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.worker.WorkerConfiguration.WorkerId;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.CallConsole;
import dev.acm2.worker.call.CallEnds;
import dev.acm2.worker.call.CallLoop;
import dev.acm2.worker.call.CallStarter;
import dev.acm2.worker.call.ConsoleSink;
import dev.acm2.worker.call.EventSink;
import dev.acm2.worker.call.HandBack;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.call.SuspicionScan;
import dev.acm2.worker.call.SystemCallClock;
import dev.acm2.worker.call.Watchdog;
import dev.acm2.worker.intake.Cancellations;
import dev.acm2.worker.provider.ProviderExchanges;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How the worker runs a call.
@Configuration(proxyBeanMethods = false)
class CallConfiguration {

  @Bean
  CallClock callClock() {
    return new SystemCallClock();
  }

  @Bean
  ProviderExchanges providerExchanges() {
    return new ProviderExchanges();
  }

  @Bean
  InFlightCalls inFlightCalls(MeterRegistry meters) {
    InFlightCalls calls = new InFlightCalls();
    Gauge.builder("acm2.worker.calls.in.flight", calls, InFlightCalls::size).register(meters);
    return calls;
  }

  @Bean
  CallConsole callConsole(ConsoleSink sink, WorkerId id, CallClock clock) {
    return new CallConsole(sink, id.value(), clock);
  }

  @Bean
  CallEnds callEnds(InFlightCalls calls, EventSink sink, CallConsole console, CallClock clock) {
    return new CallEnds(calls, sink, console, clock);
  }

  @Bean
  SuspicionScan suspicionScan() {
    return new SuspicionScan();
  }

  @Bean
  CallLoop callLoop(
    WorkerSettings settings,
    ArtifactStore artifacts,
    ProviderExchanges exchanges,
    SuspicionScan scan,
    CallEnds ends,
    EventSink sink,
    CallConsole console,
    CallClock clock
  ) {
    return new CallLoop(
      settings.configuredProviders(),
      settings.catalogue(),
      artifacts,
      exchanges,
      scan,
      ends,
      sink,
      console,
      clock,
      new SecureRandom()
    );
  }

  @Bean
  Watchdog watchdog(
    InFlightCalls calls,
    CallEnds ends,
    ArtifactStore artifacts,
    EventSink sink,
    CallClock clock
  ) {
    return new Watchdog(calls, ends, artifacts, sink, clock);
  }

  @Bean
  HandBack handBack(InFlightCalls calls, CallEnds ends, ArtifactStore artifacts, WorkerId id) {
    return new HandBack(calls, ends, artifacts, id.value());
  }

  @Bean
  CallStarter callStarter(
    InFlightCalls calls,
    CallLoop loop,
    CallClock clock,
    Cancellations cancelled
  ) {
    return new CallStarter(calls, loop, clock, call ->
      cancelled.reason(call.item(), call.releasedAt())
    );
  }
}
