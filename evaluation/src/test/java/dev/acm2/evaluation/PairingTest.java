package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairingTest {

  @Test
  void shouldAskEveryPairOfEveryJudgeInEveryIterationInBothOrders() {
    // when
    List<Ask> asks = schedule(4, 3, 2, Order.BOTH, 1);
    // then
    assertThat(asks)
      .hasSize(6 * 3 * 2 * 2)
      .doesNotHaveDuplicates();
    Set<Ask> all = new HashSet<>(asks);
    assertThat(all).allSatisfy(ask ->
      assertThat(all).contains(new Ask(ask.second(), ask.first(), ask.judge(), ask.iteration()))
    );
  }

  @Test
  void shouldBalanceTheOrdersOfEveryPairOfEveryJudgeAndAltogether() {
    for (long seed = 0; seed < 50; seed++) {
      // when
      List<Ask> asks = schedule(4, 3, 3, Order.BALANCED, seed);
      // then
      assertThat(asks)
        .hasSize(6 * 3 * 3)
        .doesNotHaveDuplicates();
      assertBalanced(asks, ask -> "all");
      assertBalanced(asks, ask -> pair(ask));
      assertBalanced(asks, ask -> ask.judge() + " " + ask.iteration());
      assertThat(
        asks.stream().map(ask -> pair(ask) + ask.judge() + ask.iteration())
      ).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldDrawTheOrdersFromTheSeed() {
    assertThat(schedule(5, 2, 1, Order.BALANCED, 1)).isEqualTo(
      schedule(5, 2, 1, Order.BALANCED, 1)
    );
    assertThat(
      IntStream.range(0, 20)
        .mapToObj(seed -> schedule(5, 2, 1, Order.BALANCED, seed))
        .distinct()
    ).hasSizeGreaterThan(10);
  }

  @Test
  void shouldNotDependOnTheOrderOfDocumentsAndJudges() {
    // given
    List<CallId> documents = new ArrayList<>(documents(5));
    List<ModelId> judges = new ArrayList<>(judges(3));
    Collections.shuffle(documents, new Random(1));
    Collections.shuffle(judges, new Random(2));
    // when / then
    for (Order order : Order.values()) {
      assertThat(Pairing.schedule(documents, judges, 2, order, 3)).isEqualTo(
        schedule(5, 3, 2, order, 3)
      );
    }
  }

  @Test
  void shouldHaveNothingToAskAboutOneDocument() {
    assertThat(schedule(1, 3, 2, Order.BOTH, 1)).isEmpty();
    assertThat(schedule(0, 3, 2, Order.BALANCED, 1)).isEmpty();
  }

  private static void assertBalanced(List<Ask> asks, Function<Ask, String> group) {
    Map<String, Integer> leads = asks
      .stream()
      .collect(
        Collectors.groupingBy(
          group,
          Collectors.summingInt(ask -> ask.first().compareTo(ask.second()) < 0 ? 1 : -1)
        )
      );
    assertThat(leads.values()).allSatisfy(lead -> assertThat(lead).isBetween(-1, 1));
  }

  private static String pair(Ask ask) {
    return ask.first().compareTo(ask.second()) < 0
      ? ask.first() + " " + ask.second()
      : ask.second() + " " + ask.first();
  }

  private static List<Ask> schedule(
    int documents,
    int judges,
    int iterations,
    Order order,
    long seed
  ) {
    return Pairing.schedule(documents(documents), judges(judges), iterations, order, seed);
  }

  private static List<CallId> documents(int size) {
    return IntStream.range(0, size).mapToObj(Samples::document).toList();
  }

  private static List<ModelId> judges(int size) {
    return IntStream.range(0, size).mapToObj(Samples::judge).toList();
  }
}
