package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostLinesTest {

  private static final Run.Cost ALL_GOOD = Samples.cost("1", "0", "0", "0", "0", "0");

  @Test
  void shouldSayNothingWhereThereIsNothingToSay() {
    assertThat(CostLines.of(stats("0", "0", ALL_GOOD, Map.of()))).isEmpty();
  }

  @Test
  void shouldSayWhatTheMoneyWentForThatWasLost() {
    Run.Cost cost = Samples.cost("1", "0", "0.25", "0", "0.5", "0.125");

    assertThat(CostLines.of(stats("0", "0", cost, Map.of()))).containsExactly(
      "of the cost succeeded $1.00  retried $0.2500  late $0.5000  replaced $0.1250"
    );
  }

  @Test
  void shouldSayWhatIsReservedAndWhatWasSaved() {
    assertThat(CostLines.of(stats("2", "3.5", ALL_GOOD, Map.of()))).containsExactly(
      "reserved $2.00  saved $3.50"
    );
  }

  @Test
  void shouldSayWhenTimedOutCallsWereEnded() {
    assertThat(overshoot(Map.of(250, 99, 1000, 1))).isEqualTo("overshoot p99 within 250 ms");
    assertThat(overshoot(Map.of(250, 98, 1000, 2))).isEqualTo("overshoot p99 within 1000 ms");
    assertThat(overshoot(Map.of(Integer.MAX_VALUE, 1))).isEqualTo("overshoot p99 over 10000 ms");
  }

  private static String overshoot(Map<Integer, Integer> histogram) {
    return CostLines.of(stats("0", "0", ALL_GOOD, histogram)).getFirst();
  }

  private static Run.Stats stats(
    String reserved,
    String saved,
    Run.Cost cost,
    Map<Integer, Integer> overshoot
  ) {
    return new Run.Stats(
      4,
      0,
      0,
      4,
      0,
      0,
      0,
      0,
      0,
      4,
      BigDecimal.ONE,
      0,
      0,
      new BigDecimal(reserved),
      new BigDecimal(saved),
      cost,
      overshoot
    );
  }
}
