package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import org.jspecify.annotations.Nullable;

/// One answer to one comparison, with its reason.
///
/// @param source name of the source document
/// @param phase PAIRWISE or POST_COMBINE
/// @param first id of the document that was shown first
/// @param second id of the document that was shown second
/// @param winner null for a tie
/// @param callId of the judge's call
public record VoteRow(
  String source,
  Phase phase,
  CallId first,
  CallId second,
  ModelId judge,
  int iteration,
  @Nullable CallId winner,
  String reason,
  CallId callId
) {}
