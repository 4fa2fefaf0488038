package dev.acm2.worker.provider;

/// Sends requests.
public interface Exchanges {
  /// Begins to send. Does not wait for anything.
  Exchange open(ProviderRequest request);
}
