package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import tools.jackson.databind.JsonNode;

/// How a provider wants to be asked and how it answers.
public interface ProviderProtocol {
  /// Path below the provider's base URL.
  String path();

  /// The body of the request.
  ///
  /// @param model the provider's own name of it
  /// @param prompt instructions and documents in one text
  JsonNode request(String model, String prompt, CallOptions options);

  /// What a readable answer of HTTP status 2xx says.
  Answer read(JsonNode response);
}
