package dev.acm2.worker.provider;

import java.net.URI;

/// A request, ready to be sent as often as it takes.
///
/// @param key blank for a provider that wants none
/// @param requestId `X-Client-Request-Id`, unique to the attempt
public record ProviderRequest(URI endpoint, Secret key, byte[] body, String requestId) {}
