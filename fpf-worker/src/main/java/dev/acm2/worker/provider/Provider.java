package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A configured provider.
///
/// @param key blank for none
/// @param keyRequired whether it refuses requests without a key
public record Provider(String name, Target target, Secret key, boolean keyRequired) {
  /// A provider over HTTP.
  ///
  /// @param resource full address of its protocol's resource
  /// @throws IllegalArgumentException when the protocol is not spoken over HTTP
  public Provider(String name, Protocol protocol, URI resource, Secret key, boolean keyRequired) {
    this(name, new Target.Http(protocol.overHttp(), resource), key, keyRequired);
  }

  /// Why no request can be sent, for people; empty when one can.
  public Optional<String> keyProblem() {
    if (key.isBlank()) {
      return keyRequired
        ? Optional.of("no API key is configured for provider " + name)
        : Optional.empty();
    }
    return key.isSendable()
      ? Optional.empty()
      : Optional.of(
          "the API key of provider " + name + " holds characters that no header can carry"
        );
  }

  /// Why no request can give what is required, for people; empty when one may.
  public Optional<String> problem(String model, CallOptions options) {
    return target.wire().problem(model, options);
  }

  /// The body of a request.
  ///
  /// @param schema of the JSON that is demanded, null when a text is
  public byte[] body(String model, String prompt, CallOptions options, @Nullable JsonNode schema) {
    JsonNode request = target.wire().request(model, prompt, options, schema);
    return ContractJson.EVENTS.writeValueAsBytes(request);
  }

  /// @param lines hears what the provider says while it works
  public ProviderRequest request(
    String model,
    byte[] body,
    String requestId,
    Consumer<String> lines
  ) {
    return new ProviderRequest(this, model, body, requestId, lines);
  }

  /// What an exchange came to.
  ///
  /// @param now for a `Retry-After` that names a time of day
  public AttemptOutcome classify(ExchangeEnd end, CallOptions options, Instant now) {
    return new AttemptClassification(target.wire(), key, options, now).of(end);
  }

  /// The same end without this provider's key, which a broken server may echo.
  public ExchangeEnd scrubbed(ExchangeEnd end) {
    return end.with(scrubbed(end.arrived()));
  }

  public Arrived scrubbed(Arrived arrived) {
    return arrived.withBody(key.scrub(arrived.body()));
  }

  /// The text without this key and without anything else that looks like a credential.
  public String scrubbed(String text) {
    return key.scrubMessage(text);
  }
}
