package dev.acm2.gateway;

import dev.acm2.projection.AsOf;
import java.util.List;

/// Why judges said what they said.
///
/// @param asOf the version of the run that it follows from
public record Reasons(AsOf asOf, List<ScoreRow> scores, List<VoteRow> votes) {}
