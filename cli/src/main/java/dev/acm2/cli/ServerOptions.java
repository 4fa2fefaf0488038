package dev.acm2.cli;

import java.net.URI;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every verb takes; those of a verb with verbs of its own are theirs, too.
final class ServerOptions {

  @Option(
    names = "--server",
    paramLabel = "URL",
    scope = ScopeType.INHERIT,
    defaultValue = "http://localhost:8080",
    converter = Urls.class,
    description = "The gateway (default: ${DEFAULT-VALUE})."
  )
  private URI server = URI.create("http://localhost:8080");

  @Option(
    names = "--json",
    scope = ScopeType.INHERIT,
    description = "Print what the service answers, as JSON."
  )
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
