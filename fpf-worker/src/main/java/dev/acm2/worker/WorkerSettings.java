package dev.acm2.worker;

import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the worker; each has its default in `fpf-worker/application.yaml`.
///
/// @param instance the name of this worker; every process adds a suffix of its own
/// @param replicationFactor copies of each partition of topics that have to be created
/// @param slots calls at once, 1 to 1000
/// @param drainTimeout how long calls in flight may go on after the signal to stop, 0 or more
/// @param providers by the name that models are called with
@ConfigurationProperties("acm2.worker")
record WorkerSettings(
  String bootstrapServers,
  String instance,
  short replicationFactor,
  int slots,
  Duration drainTimeout,
  Map<String, ProviderSettings> providers
) {
  WorkerSettings {
    require(slots >= 1 && slots <= 1000, "acm2.worker.slots must be 1 to 1000: " + slots);
    require(!drainTimeout.isNegative(), "acm2.worker.drain-timeout is negative: " + drainTimeout);
    require(!instance.isBlank(), "acm2.worker.instance is blank");
  }

  /// A provider.
  ///
  /// @param baseUrl http or https, without the `/v1` that the protocol adds
  /// @param apiKey blank for none
  /// @param keyRequired whether a call without key is refused here, before any request
  record ProviderSettings(
    Protocol protocol,
    URI baseUrl,
    @Nullable Secret apiKey,
    boolean keyRequired
  ) {}

  Map<String, Provider> configuredProviders() {
    Map<String, Provider> configured = new TreeMap<>();
    providers.forEach((name, settings) -> configured.put(name, provider(name, settings)));
    return Map.copyOf(configured);
  }

  private static Provider provider(String name, ProviderSettings settings) {
    String base = settings.baseUrl().toString().replaceAll("/+$", "");
    requireBaseUrl("acm2.worker.providers." + name + ".base-url", settings.baseUrl(), base);
    return new Provider(
      name,
      settings.protocol(),
      URI.create(base + settings.protocol().wire().path()),
      settings.apiKey() == null ? Secret.NONE : settings.apiKey(),
      settings.keyRequired()
    );
  }

  private static void requireBaseUrl(String property, URI url, String base) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    require(http && url.getHost() != null, property + " is no http or https address");
    // The address is not repeated here: what follows an @ may follow a password.
    require(url.getRawUserInfo() == null, property + " must not hold a user or password");
    require(url.getRawQuery() == null && url.getRawFragment() == null, property + " holds a query");
    require(!base.endsWith("/v1"), property + " must not end in /v1: the protocol adds it");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
