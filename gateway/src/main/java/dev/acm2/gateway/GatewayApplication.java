package dev.acm2.gateway;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The gateway as a process of its own.
@SpringBootApplication
public class GatewayApplication {

  /// The application with its own configuration folder, so that several services can share a class path.
  public static SpringApplication application() {
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.setDefaultProperties(
      Map.of(
        "spring.config.location",
        "optional:classpath:/gateway/,optional:file:./,optional:file:./config/"
      )
    );
    return application;
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
