package dev.acm2.providersimulator;

import java.time.Duration;

/// What will be done with one request: wait, then deliver the reply in this way.
record Plan(Duration latency, Delivery delivery, Reply reply, String outcome) {
  enum Delivery {
    WHOLE,
    NOTHING_FOR_EVER,
    HALF_THEN_NOTHING,
    BYTE_BY_BYTE_FOR_EVER,
    RESET,
    HALF_THEN_RESET,
  }

  static Plan whole(Duration latency, Reply reply, String outcome) {
    return new Plan(latency, Delivery.WHOLE, reply, outcome);
  }

  Plan after(Duration changed) {
    return new Plan(changed, delivery, reply, outcome);
  }

  Plan delivered(Delivery changed) {
    return new Plan(latency, changed, reply, outcome);
  }
}
