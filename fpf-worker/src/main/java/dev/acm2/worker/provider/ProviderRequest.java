package dev.acm2.worker.provider;

/// A request, ready to be sent as often as it takes.
///
/// @param requestId unique to the attempt; `X-Client-Request-Id` over HTTP
public record ProviderRequest(Provider provider, String model, byte[] body, String requestId) {}
