package dev.acm2.orchestrator;

import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;

/// Requests to providers and money, reserved or used.
record Charge(long attempts, Usd costUsd) {
  static final Charge NONE = new Charge(0, Usd.ZERO);

  static Charge of(Spend spend) {
    return new Charge(spend.attempts(), spend.costUsd());
  }

  Charge plus(Charge other) {
    return new Charge(attempts + other.attempts, costUsd.plus(other.costUsd));
  }

  Charge minus(Charge other) {
    return new Charge(attempts - other.attempts, costUsd.minus(other.costUsd));
  }
}
