package dev.acm2.worker.provider;

import java.net.URI;
import java.util.Map;

/// A protocol that is spoken over HTTP: one POST, one JSON answer.
public non-sealed interface HttpProtocol extends ProviderProtocol {
  /// Path below the provider's base URL.
  String path();

  /// Where a request about the model goes.
  ///
  /// @param resource base URL and [#path]
  default URI address(URI resource, String model) {
    return resource;
  }

  /// Headers that carry the key, and others that the protocol wants.
  ///
  /// @param key blank for none
  default Map<String, String> headers(Secret key) {
    return key.isBlank() ? Map.of() : Map.of("Authorization", key.authorization());
  }

  /// Whether the first answer is only a receipt, and the real one has to be asked for.
  default boolean inBackground(String model) {
    return false;
  }
}
