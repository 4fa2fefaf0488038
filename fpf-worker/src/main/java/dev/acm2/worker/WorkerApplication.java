package dev.acm2.worker;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/// Entry point of the worker. The class path may hold the other services too: what they bring along
/// is switched off here.
@SpringBootApplication(exclude = FlywayAutoConfiguration.class)
@EnableConfigurationProperties(WorkerSettings.class)
public class WorkerApplication {

  /// The application with its own defaults, not yet started.
  public static SpringApplication application() {
    SpringApplication application = new SpringApplication(WorkerApplication.class);
    application.setDefaultProperties(
      Map.of(
        "spring.config.location",
        "optional:classpath:/fpf-worker/,optional:file:./,optional:file:./config/"
      )
    );
    return application;
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
