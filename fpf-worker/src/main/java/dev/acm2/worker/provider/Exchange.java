package dev.acm2.worker.provider;

import java.time.Duration;

/// One request on its way, and its answer.
public interface Exchange {
  /// Waits for the last byte; after the limit it aborts the exchange and returns what had come.
  ExchangeEnd await(Duration limit);

  /// Ends the exchange from another thread; harmless when it has ended.
  void abort();

  /// What has come until now; can be asked from any thread at any time.
  Arrived arrived();

  /// What it waits for now. Costs next to nothing, waits for nothing, and can be asked from any thread
  /// at any time; of no use when the exchange has ended.
  Stage stage();
}
