package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {

  @Test
  void shouldFindThePublishedValuesOfPublishedExamples() {
    // given: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), four observers
    List<List<Double>> four = units(
      "1 2 3 3 2 1 4 1 2 . . .",
      "1 2 3 3 2 2 4 1 2 5 . 3",
      ". 3 3 3 2 3 4 2 2 5 1 .",
      "1 2 3 3 2 4 4 1 2 5 1 ."
    );
    // and: three observers with many gaps
    List<List<Double>> three = units(
      ". . . . . 3 4 1 2 1 1 3 3 . 3",
      "1 . 2 1 3 3 4 3 . . . . . . .",
      ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"
    );
    // when / then
    assertThat(alpha(four)).isEqualTo(0.849, within(0.0005));
    assertThat(alpha(three)).isEqualTo(0.811, within(0.0005));
    assertThat(Agreement.of(four).orElseThrow().units()).isEqualTo(11);
    assertThat(Agreement.of(four).orElseThrow().values()).isEqualTo(40);
  }

  @Test
  void shouldBeOneForPerfectAgreementAndBelowZeroForOpposition() {
    assertThat(alpha(units("1 2 3", "1 2 3"))).isEqualTo(1);
    assertThat(alpha(units("1 5 1", "5 1 5"))).isNegative();
  }

  @Test
  void shouldNotBeDefinedWithoutAnythingToCompare() {
    assertThat(Agreement.of(List.of())).isEmpty();
    assertThat(Agreement.of(units("1 2 3", ". . ."))).isEmpty();
    assertThat(Agreement.of(units("3 3 3", "3 3 3"))).isEmpty();
    assertThat(Agreement.of(List.of(List.of(0.1, 0.1, 0.1), List.of(0.1, 0.1)))).isEmpty();
  }

  @Test
  void shouldAgreeWithTheDefinitionByPairs() {
    SplittableRandom random = new SplittableRandom(11);
    for (int world = 0; world < 50; world++) {
      // given
      List<List<Double>> units = new ArrayList<>();
      for (int unit = 0; unit < 8; unit++) {
        units.add(random.doubles(random.nextInt(4), 1, 5).boxed().toList());
      }
      units.add(List.of(1.0, 2.0));
      // when / then
      assertThat(alpha(units)).isEqualTo(byPairs(units), within(1e-8));
    }
  }

  private static double byPairs(List<List<Double>> units) {
    List<List<Double>> pairable = units
      .stream()
      .filter(unit -> unit.size() > 1)
      .toList();
    List<Double> all = pairable.stream().flatMap(List::stream).toList();
    double observed = 0;
    for (List<Double> unit : pairable) {
      observed += squares(unit) / (unit.size() - 1);
    }
    double expected = squares(all) / (all.size() - 1);
    return 1 - observed / expected;
  }

  private static double squares(List<Double> values) {
    double sum = 0;
    for (double one : values) {
      for (double other : values) {
        sum += (one - other) * (one - other);
      }
    }
    return sum;
  }

  private static double alpha(List<List<Double>> units) {
    return Agreement.of(units).orElseThrow().alpha();
  }

  private static List<List<Double>> units(String... observers) {
    int size = observers[0].split(" ", -1).length;
    return IntStream.range(0, size)
      .mapToObj(unit -> values(unit, observers))
      .toList();
  }

  private static List<Double> values(int unit, String... observers) {
    List<Double> values = new ArrayList<>();
    for (String observer : observers) {
      String value = observer.split(" ", -1)[unit];
      if (!value.equals(".")) {
        values.add(Double.valueOf(value));
      }
    }
    return values;
  }
}
