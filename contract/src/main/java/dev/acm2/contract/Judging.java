package dev.acm2.contract;

/// All that a judge is told besides the documents. Stored as an artifact, which prompts refer to.
///
/// @param ties whether a comparison may end without a preference
public record Judging(Rubric rubric, boolean ties) {}
