package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The lanes of the configuration. Other ones may exist while their limits are set by a person.
///
/// @param limits by lane: a provider, or `provider:model`
record ConfiguredLanes(Map<String, LaneLimits> limits) {
  boolean contains(String lane) {
    return limits.containsKey(lane);
  }

  /// The limits of a lane that nobody has set others for. A model's lane that is not configured has
  /// those of its provider, so that calls which went into it leave it; nothing leaves a lane whose
  /// provider is not configured either.
  LaneLimits of(String lane) {
    LaneLimits own = limits.get(lane);
    return own == null ? limits.getOrDefault(providerOf(lane), LaneLimits.CLOSED) : own;
  }

  /// The lanes that calls may be sent to.
  ///
  /// @param overridden those that exist because somebody set their limits
  LaneNames names(Set<String> overridden) {
    Set<String> all = new TreeSet<>(limits.keySet());
    all.addAll(overridden);
    return new LaneNames(all);
  }

  /// Whether the provider of a lane has a lane, or one for a model of it.
  boolean knowProviderOf(String lane) {
    String provider = providerOf(lane);
    return limits
      .keySet()
      .stream()
      .anyMatch(name -> providerOf(name).equals(provider));
  }

  private static String providerOf(String lane) {
    int colon = lane.indexOf(':');
    return colon < 0 ? lane : lane.substring(0, colon);
  }
}
