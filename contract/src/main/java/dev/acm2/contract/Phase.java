package dev.acm2.contract;

/// The phases of a run, in their order.
public enum Phase {
  GENERATION,
  SINGLE_EVAL,
  PAIRWISE,
  COMBINE,
  POST_COMBINE,
}
