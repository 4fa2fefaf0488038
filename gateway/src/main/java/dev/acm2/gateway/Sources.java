package dev.acm2.gateway;

import dev.acm2.projection.AsOf;
import dev.acm2.projection.SourceView;
import java.util.List;

/// What became of every source document of a run.
///
/// @param asOf the version of the run that it follows from
/// @param items in the order of the specification
public record Sources(AsOf asOf, List<SourceView> items) {}
