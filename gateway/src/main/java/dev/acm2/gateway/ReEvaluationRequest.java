package dev.acm2.gateway;

import dev.acm2.contract.RunSubmission;
import org.jspecify.annotations.Nullable;

/// How the documents of a finished run are judged once more, in a run of its own.
///
/// @param name null for the name of the finished run with a remark
/// @param evaluation null for that of the finished run
/// @param combine null for none; for that of the finished run when its evaluation is taken too
/// @param limits of the new run, null for the defaults
/// @param maskSuspicions whether passages that speak to the judge are masked first, null for not
public record ReEvaluationRequest(
  @Nullable String name,
  RunSubmission.@Nullable Evaluation evaluation,
  RunSubmission.@Nullable Combine combine,
  RunSubmission.@Nullable Limits limits,
  @Nullable Boolean maskSuspicions
) {}
