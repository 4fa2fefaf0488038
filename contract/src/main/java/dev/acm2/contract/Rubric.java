package dev.acm2.contract;

import java.math.BigDecimal;
import java.util.List;

/// What judges judge by.
///
/// @param version 1 or more; another text or weight is another version
public record Rubric(String name, int version, List<Criterion> criteria) {
  /// One question to the judge.
  ///
  /// @param weight above 0; only its ratio to the others counts
  /// @param min lowest score, a whole number
  /// @param max highest score, above min
  public record Criterion(String name, String description, BigDecimal weight, int min, int max) {}
}
