package dev.acm2.contract;

/// How a run ended.
public enum Outcome {
  COMPLETED,
  COMPLETED_WITH_ERRORS,
  FAILED,
  CANCELLED,
  DEADLINE_EXCEEDED,
  BUDGET_EXHAUSTED,
}
