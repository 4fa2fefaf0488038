package dev.acm2.gateway;

import dev.acm2.projection.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of runs, newest first, without their specs.
///
/// @param nextCursor null on the last page
public record RunPage(List<RunView> items, @Nullable String nextCursor) {}
