package dev.acm2.worker.provider;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider is reached through. Set by the administrator only, never by a run.
public sealed interface Target {
  ProviderProtocol wire();

  /// @param resource full address of the protocol's resource
  record Http(HttpProtocol wire, URI resource) implements Target {}

  /// @param command program and arguments
  /// @param keyVariable the environment variable that carries the key, null when none does
  record Program(
    CommandProtocol wire,
    List<String> command,
    @Nullable String keyVariable
  ) implements Target {}
}
