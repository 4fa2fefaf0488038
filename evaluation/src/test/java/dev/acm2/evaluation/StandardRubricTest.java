package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Rubric.Criterion;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardRubricTest {

  @Test
  void shouldHaveFifteenCriteriaWhoseWeightsAddUpToAHundred() {
    // given
    List<Criterion> criteria = StandardRubric.RUBRIC.criteria();
    // then
    assertThat(criteria).hasSize(15);
    assertThat(criteria).extracting(Criterion::name).doesNotHaveDuplicates();
    assertThat(criteria).extracting(Criterion::description).doesNotHaveDuplicates();
    assertThat(
      criteria.stream().map(Criterion::weight).reduce(BigDecimal.ZERO, BigDecimal::add)
    ).isEqualByComparingTo("100");
    assertThat(criteria).allSatisfy(criterion -> {
      assertThat(criterion.min()).isEqualTo(1);
      assertThat(criterion.max()).isEqualTo(5);
    });
    assertThat(StandardRubric.RUBRIC.version()).isEqualTo(1);
  }
}
