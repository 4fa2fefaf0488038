package dev.acm2.gateway;

import java.time.Instant;
import java.util.List;

/// What runs here.
///
/// @param buildId of this gateway
/// @param generation of the views
/// @param services everyone who has written to the log, with the build that it last wrote with
public record Version(String buildId, int generation, List<Service> services) {
  public record Service(String service, String instance, String buildId, Instant lastSeenAt) {}
}
