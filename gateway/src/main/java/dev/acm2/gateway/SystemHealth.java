package dev.acm2.gateway;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How everything stands, as far as this gateway can tell. It does not list itself.
///
/// @param services workers that were heard of in the last 5 minutes; of the others, which have no heartbeat,
///     the instance that wrote to the log last and those that did in the last 5 minutes
public record SystemHealth(List<Service> services, Part log, Part store, Projector projector) {
  /// @param lastSeenAt when it was heard of last, or when it last wrote to the log
  public record Service(
    String service,
    String instance,
    String buildId,
    Instant lastSeenAt,
    Status status
  ) {}

  /// @param behindEvents events that the tables do not show yet; null when nobody can say
  public record Projector(@Nullable Long behindEvents) {}

  /// Whether somebody is there.
  public enum Status {
    /// Heard of within 10 s.
    UP,
    /// Not heard of for 10 s.
    SILENT,
    /// It has no heartbeat: all that is known is when it last wrote to the log.
    SEEN,
  }

  /// Whether something answers.
  public enum Part {
    UP,
    DOWN,
  }
}
