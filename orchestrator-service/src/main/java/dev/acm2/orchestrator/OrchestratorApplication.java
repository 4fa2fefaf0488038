package dev.acm2.orchestrator;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/// The orchestrator: REST in, decisions, releases.
@SpringBootApplication
@EnableConfigurationProperties(OrchestratorSettings.class)
public class OrchestratorApplication {

  /// The application with its own default configuration, to run alone or beside other services.
  public static SpringApplication application() {
    SpringApplication application = new SpringApplication(OrchestratorApplication.class);
    application.setDefaultProperties(
      Map.of(
        "spring.config.location",
        "optional:classpath:/orchestrator/,optional:file:./,optional:file:./config/"
      )
    );
    return application;
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
