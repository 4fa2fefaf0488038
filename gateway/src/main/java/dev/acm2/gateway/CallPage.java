package dev.acm2.gateway;

import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a run's calls in the order of their ids.
///
/// @param nextCursor null on the last page
/// @param asOf the version of the run that the page was read at
public record CallPage(List<CallView> items, @Nullable String nextCursor, AsOf asOf) {}
