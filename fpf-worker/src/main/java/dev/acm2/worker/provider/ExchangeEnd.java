package dev.acm2.worker.provider;

import java.time.Duration;

/// How an exchange ended. Each says what had arrived by then.
public sealed interface ExchangeEnd {
  Arrived arrived();

  /// The same end with other bytes.
  ExchangeEnd with(Arrived other);

  /// To the last byte.
  record Complete(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Complete(other);
    }
  }

  /// By an error of the network.
  ///
  /// @param sent false when it is certain that the provider saw nothing of the request
  record Broken(Arrived arrived, boolean sent, String reason) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Broken(other, sent, reason);
    }
  }

  /// The last byte had not come within the limit.
  record TimedOut(Arrived arrived, Duration limit) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new TimedOut(other, limit);
    }
  }

  /// The body was larger than [HttpExchanges#BODY_LIMIT] and was cut.
  record TooLarge(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new TooLarge(other);
    }
  }

  /// Somebody here aborted it.
  record Aborted(Arrived arrived) implements ExchangeEnd {
    @Override
    public ExchangeEnd with(Arrived other) {
      return new Aborted(other);
    }
  }
}
