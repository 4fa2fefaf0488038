package dev.acm2.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/// The options that every verb takes.
final class ServerOptions {

  @Option(
    names = "--server",
    paramLabel = "URL",
    defaultValue = "http://localhost:8080",
    converter = Urls.class,
    description = "The gateway (default: ${DEFAULT-VALUE})."
  )
  private URI server = URI.create("http://localhost:8080");

  @Option(names = "--json", description = "Print what the service answers, as JSON.")
  private boolean json;

  GatewayClient client() {
    return new GatewayClient(server);
  }

  URI server() {
    return server;
  }

  boolean json() {
    return json;
  }
}
