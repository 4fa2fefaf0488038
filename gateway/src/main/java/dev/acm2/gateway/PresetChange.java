package dev.acm2.gateway;

import dev.acm2.contract.RunSubmission;
import org.jspecify.annotations.Nullable;

/// The next version of a preset.
///
/// @param basedOn version that was changed, null when there is none yet
/// @param submission may be incomplete; null is refused
public record PresetChange(@Nullable Integer basedOn, @Nullable RunSubmission submission) {}
