package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a provider wants to be asked and how it answers.
public sealed interface ProviderProtocol permits HttpProtocol, CommandProtocol {
  /// The body of the request.
  ///
  /// @param model the provider's own name of it
  /// @param prompt instructions and documents in one text
  /// @param schema the JSON that the answer has to be, null when it is to be a text. A demand that
  ///     the provider or the model does not take is left out: the prompt says the same, and the
  ///     answer is checked anyway
  JsonNode request(String model, String prompt, CallOptions options, @Nullable JsonNode schema);

  /// What a readable answer of HTTP status 2xx, or of a program that ended well, says.
  Answer read(JsonNode response);

  /// Why the model cannot do what is required, for people: a request would be paid for in vain.
  /// Empty when it can, or when that is not known.
  default Optional<String> problem(String model, CallOptions options) {
    return Optional.empty();
  }
}
