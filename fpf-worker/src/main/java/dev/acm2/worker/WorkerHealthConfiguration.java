package dev.acm2.worker;

import dev.acm2.worker.intake.Pulse;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the worker's threads say of themselves, and how health tells it.
@Configuration(proxyBeanMethods = false)
class WorkerHealthConfiguration {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration EVENTS_MAY_BE_RARE = Duration.ofDays(36500);

  @Bean
  Pulse intakePulse() {
    return new Pulse(LONGEST_SILENCE);
  }

  @Bean
  Pulse controlPulse() {
    return new Pulse(LONGEST_SILENCE);
  }

  @Bean
  Pulse heartbeatPulse() {
    return new Pulse(LONGEST_SILENCE);
  }

  @Bean
  Pulse watchdogPulse() {
    return new Pulse(LONGEST_SILENCE);
  }

  @Bean
  Pulse publisherPulse() {
    return new Pulse(EVENTS_MAY_BE_RARE);
  }

  @Bean
  HealthIndicator intakeHealthIndicator(Pulse intakePulse) {
    return () -> health(intakePulse);
  }

  @Bean
  HealthIndicator controlHealthIndicator(Pulse controlPulse) {
    return () -> health(controlPulse);
  }

  @Bean
  HealthIndicator heartbeatHealthIndicator(Pulse heartbeatPulse) {
    return () -> health(heartbeatPulse);
  }

  @Bean
  HealthIndicator watchdogHealthIndicator(Pulse watchdogPulse) {
    return () -> health(watchdogPulse);
  }

  @Bean
  HealthIndicator publisherHealthIndicator(Pulse publisherPulse) {
    return () -> health(publisherPulse);
  }

  private static Health health(Pulse pulse) {
    return pulse
      .problem()
      .map(problem -> Health.down().withDetail("problem", problem).build())
      .orElseGet(() -> Health.up().build());
  }
}
