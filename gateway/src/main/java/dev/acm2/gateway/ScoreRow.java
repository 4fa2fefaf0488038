package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;

/// One score of one criterion, with its reason.
///
/// @param source name of the source document
/// @param document id of the judged document
/// @param author the model that made it
/// @param authorIteration which of its documents
/// @param callId of the judge's call
public record ScoreRow(
  String source,
  CallId document,
  ModelId author,
  int authorIteration,
  ModelId judge,
  int iteration,
  String criterion,
  int score,
  String reason,
  CallId callId
) {}
