package dev.acm2.worker;

import dev.acm2.contract.ModelCatalogue;
import dev.acm2.worker.provider.CommandProtocol;
import dev.acm2.worker.provider.HttpProtocol;
import dev.acm2.worker.provider.OwnSession;
import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import dev.acm2.worker.provider.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
/// @param modelsFile a price list that adds to the bundled one or takes its place, model by model;
///     blank for none
/// @param providers by the name that models are called with
@ConfigurationProperties("acm2.worker")
record WorkerSettings(
  String bootstrapServers,
  String instance,
  short replicationFactor,
  int slots,
  Duration drainTimeout,
  String modelsFile,
  Map<String, ProviderSettings> providers
) {
  WorkerSettings {
    require(slots >= 1 && slots <= 1000, "acm2.worker.slots must be 1 to 1000: " + slots);
    require(!drainTimeout.isNegative(), "acm2.worker.drain-timeout is negative: " + drainTimeout);
    require(!instance.isBlank(), "acm2.worker.instance is blank");
  }

  /// A provider.
  ///
  /// @param baseUrl http or https, without the `/v1` that the protocol adds; null for a program
  /// @param apiKey blank for none
  /// @param keyRequired whether a call without key is refused here, before any request
  /// @param command program and arguments; null for everything but a program
  /// @param keyVariable the environment variable that gives a program the key; null for none
  record ProviderSettings(
    Protocol protocol,
    @Nullable URI baseUrl,
    @Nullable Secret apiKey,
    boolean keyRequired,
    @Nullable List<String> command,
    @Nullable String keyVariable
  ) {}

  /// @throws IllegalArgumentException when the file cannot be read as a price list; names the file
  ModelCatalogue catalogue() {
    ModelCatalogue bundled = ModelCatalogue.bundled();
    return modelsFile.isBlank()
      ? bundled
      : bundled.overriddenBy(ModelCatalogue.read(Path.of(modelsFile)));
  }

  Map<String, Provider> configuredProviders() {
    Map<String, Provider> configured = new TreeMap<>();
    providers.forEach((name, settings) -> configured.put(name, provider(name, settings)));
    return Map.copyOf(configured);
  }

  /// Names of the providers that calls can be sent to, in alphabetical order: their key is set and can be
  /// sent, or they need none. Whether they answer is not known.
  List<String> reachableProviders() {
    return configuredProviders()
      .values()
      .stream()
      .filter(provider -> provider.keyProblem().isEmpty())
      .map(Provider::name)
      .sorted()
      .toList();
  }

  private static Provider provider(String name, ProviderSettings settings) {
    String property = "acm2.worker.providers." + name;
    Target target = switch (settings.protocol().wire()) {
      case HttpProtocol http -> overHttp(property, settings, http);
      case CommandProtocol program -> program(name, property, settings, program);
    };
    Secret key = settings.apiKey() == null ? Secret.NONE : settings.apiKey();
    return new Provider(name, target, key, settings.keyRequired());
  }

  private static Target overHttp(String property, ProviderSettings settings, HttpProtocol wire) {
    URI url = settings.baseUrl();
    require(settings.command() == null, property + ".command is for protocol COMMAND only");
    if (url == null) {
      throw new IllegalArgumentException(property + ".base-url is missing");
    }
    String base = url.toString().replaceAll("/+$", "");
    requireBaseUrl(property + ".base-url", url, base);
    return new Target.Http(wire, URI.create(base + wire.path()));
  }

  private static Target program(
    String name,
    String property,
    ProviderSettings settings,
    CommandProtocol wire
  ) {
    List<String> command = settings.command();
    if (command == null || command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException(property + ".command is missing");
    }
    require(settings.baseUrl() == null, property + ".base-url is not for protocol COMMAND");
    OwnSession.requireFor(name);
    return new Target.Program(wire, List.copyOf(command), settings.keyVariable());
  }

  private static void requireBaseUrl(String property, URI url, String base) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    require(http && url.getHost() != null, property + " is no http or https address");
    // The address is not repeated here: what follows an @ may follow a password.
    require(url.getRawUserInfo() == null, property + " must not hold a user or password");
    require(url.getRawQuery() == null && url.getRawFragment() == null, property + " holds a query");
    boolean versioned = base.endsWith("/v1") || base.endsWith("/v1beta");
    require(!versioned, property + " must not end in the version: the protocol adds it");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
