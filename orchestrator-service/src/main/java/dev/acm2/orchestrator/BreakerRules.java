package dev.acm2.orchestrator;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a run stops sending calls to a model that fails again and again.
///
/// @param failures so many calls in a row that failed in the same way, 1 or more
/// @param probeAfter how long nothing is sent then, before one call tries again
/// @param probes so many tries that fail in a row, and the run gives the model up; 1 or more
record BreakerRules(
  @DefaultValue("10") int failures,
  @DefaultValue("PT30S") Duration probeAfter,
  @DefaultValue("3") int probes
) {
  BreakerRules {
    if (failures < 1 || probes < 1 || probeAfter.isNegative()) {
      throw new IllegalArgumentException(
        "a breaker needs failures and probes of 1 or more, and a probe-after of 0 or more"
      );
    }
  }
}
