package dev.acm2.worker.provider;

/// Sends each request the way that its provider is reached.
public final class ProviderExchanges implements Exchanges, AutoCloseable {

  private final HttpExchanges http = new HttpExchanges();
  private final CommandExchanges commands = new CommandExchanges();

  @Override
  public Exchange open(ProviderRequest request) {
    return switch (request.provider().target()) {
      case Target.Http target -> http.open(target, request);
      case Target.Program program -> commands.open(program, request);
    };
  }

  /// Breaks off what is still under way.
  @Override
  public void close() {
    commands.close();
    http.close();
  }
}
