package dev.acm2.gateway;

import dev.acm2.contract.RunSubmission;
import org.jspecify.annotations.Nullable;

/// How the documents of a finished run are judged once more, in a run of its own.
///
/// @param name null for the name of the finished run with a remark
/// @param limits of the new run, null for the defaults
public record ReEvaluationRequest(
  @Nullable String name,
  RunSubmission.@Nullable Evaluation evaluation,
  RunSubmission.@Nullable Combine combine,
  RunSubmission.@Nullable Limits limits
) {}
