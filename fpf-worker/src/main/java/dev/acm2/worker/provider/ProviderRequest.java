package dev.acm2.worker.provider;

import java.util.function.Consumer;

/// A request, ready to be sent as often as it takes.
///
/// @param requestId unique to the attempt; `X-Client-Request-Id` over HTTP
/// @param lines hears every line that a program says while it works, as it comes and in order;
///     called by one thread at a time. It must not throw and must not block
public record ProviderRequest(
  Provider provider,
  String model,
  byte[] body,
  String requestId,
  Consumer<String> lines
) {}
