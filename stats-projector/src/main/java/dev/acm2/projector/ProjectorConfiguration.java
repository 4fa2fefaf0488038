package dev.acm2.projector;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/// Everything that the projector is made of.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectorSettings.class)
class ProjectorConfiguration {

  @Bean(initMethod = "start", destroyMethod = "close")
  Projector projector(ProjectorSettings settings, DataSource dataSource, MeterRegistry meters) {
    return new Projector(settings, dataSource, meters);
  }

  /// Threads of this application alone: those that are shared in a JVM end with the first application
  /// that is closed.
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }

  @Bean
  HealthIndicator foldHealthIndicator(Projector projector) {
    return indicator(projector::foldTrouble);
  }

  @Bean
  HealthIndicator sinkHealthIndicator(Projector projector) {
    return indicator(projector::sinkTrouble);
  }

  private static HealthIndicator indicator(Supplier<@Nullable String> trouble) {
    return () -> {
      @Nullable
      String found = trouble.get();
      return found == null ? Health.up().build() : Health.down().withDetail("error", found).build();
    };
  }
}
