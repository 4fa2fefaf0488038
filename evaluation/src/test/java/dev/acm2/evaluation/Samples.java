package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Judging;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.math.BigDecimal;
import java.util.List;

/// Values that many tests use.
final class Samples {

  static final Rubric RUBRIC = new Rubric(
    "Sample",
    1,
    List.of(criterion("Accuracy", 3), criterion("Clarity", 1), criterion("Style \"x\"", 1))
  );

  private Samples() {}

  static Criterion criterion(String name, int weight) {
    return new Criterion(name, "How good is " + name + "?", BigDecimal.valueOf(weight), 1, 5);
  }

  static Judging judging(boolean ties) {
    return new Judging(RUBRIC, ties);
  }

  static CallId document(int number) {
    return new CallId("%032x".formatted(number));
  }

  static ModelId judge(int number) {
    return new ModelId("sim", "judge-" + number);
  }
}
