package dev.acm2.gateway;

import dev.acm2.contract.LaneLimits;
import org.jspecify.annotations.Nullable;

/// The answer to an accepted change of a lane's limits.
///
/// @param limits null when the configured ones apply again
public record LaneAsked(String lane, @Nullable LaneLimits limits) {}
