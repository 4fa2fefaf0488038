package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import org.jspecify.annotations.Nullable;

/// Limits of a lane as a person asks for them; nothing is checked yet. [LaneLimits] says what each value
/// means.
///
/// @param adaptive true when it is left out
record LaneChange(
  @Nullable Integer concurrency,
  @Nullable Integer requestsPerMinute,
  @Nullable Integer tokensPerMinute,
  @Nullable Boolean adaptive
) {
  /// @throws Problem that names the field with which the lane could never release anything
  LaneLimits checked() {
    if (concurrency == null) {
      throw Problem.invalid("validation", "concurrency", "concurrency is required");
    }
    atLeastOne("concurrency", concurrency);
    atLeastOne("requestsPerMinute", requestsPerMinute);
    atLeastOne("tokensPerMinute", tokensPerMinute);
    return new LaneLimits(
      concurrency,
      requestsPerMinute,
      tokensPerMinute,
      adaptive == null || adaptive
    );
  }

  private static void atLeastOne(String field, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw Problem.invalid("validation", field, field + " must be 1 or more, not " + value);
    }
  }

  /// @param path what follows `/lanes` in the request, with its slash; empty for nothing
  /// @throws Problem that names `lane` when it can be no lane, unknown-provider when no configured lane is
  /// of its provider
  static String lane(String path, ConfiguredLanes configured) {
    String lane = Texts.required("lane", path.replaceFirst("^/", ""));
    boolean half = lane.startsWith(":") || lane.endsWith(":");
    if (half || lane.length() > Texts.NAME_LENGTH) {
      throw Problem.invalid(
        "validation",
        "lane",
        "lane must be a provider or provider:model, of at most 200 characters"
      );
    }
    if (!configured.knowProviderOf(lane)) {
      throw Problem.notFound(
        "unknown-provider",
        "no lane is configured for the provider of " + lane
      );
    }
    return lane;
  }
}
