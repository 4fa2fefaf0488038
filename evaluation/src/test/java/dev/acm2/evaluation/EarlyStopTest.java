package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStopTest {

  private static final int WORLDS = 100;

  @ParameterizedTest(name = "{0} documents, {1} judges x {2}, {3}, differences {4}, leaning {5}")
  @CsvSource({
    "4, 3, 2, BOTH, 1.5, 0.3",
    "4, 3, 1, BOTH, 3.0, 0.3",
    "5, 3, 2, BALANCED, 1.5, 0.3",
    "3, 3, 2, BOTH, 2.0, 0.5",
    "2, 3, 3, BOTH, 2.0, 0.3",
  })
  void shouldFindTheWinnerOfTheFullScheduleWithFewerCalls(
    int documents,
    int judges,
    int iterations,
    Order order,
    double differences,
    double leaning
  ) {
    int same = 0;
    int asked = 0;
    int full = 0;
    for (long seed = 0; seed < WORLDS; seed++) {
      // given
      World world = World.of(seed, documents, judges, iterations, order, differences, leaning);
      // when
      List<Ask> asks = play(world);
      // then
      same += winner(world, asks).equals(winner(world, world.schedule())) ? 1 : 0;
      asked += asks.size();
      full += world.schedule().size();
    }
    assertThat(same).isGreaterThanOrEqualTo(95);
    assertThat(asked).isLessThanOrEqualTo((int) (0.7 * full));
  }

  @Test
  void shouldAskEveryPairOnceAndInBothOrdersToBeginWith() {
    // given
    World world = World.of(1, 4, 3, 1, Order.BOTH, 1, 0);
    // when
    EarlyStop.Next next = EarlyStop.next(world.schedule(), List.of(), List.of(), 1);
    // then
    assertThat(next.settled()).isFalse();
    assertThat(next.asks())
      .hasSize(6 * 2)
      .doesNotHaveDuplicates();
    assertThat(
      next
        .asks()
        .stream()
        .map(ask -> List.of(ask.first(), ask.second()))
        .distinct()
    ).hasSize(12);
    assertThat(next.asks().stream().map(Ask::judge).distinct()).hasSize(3);
  }

  @Test
  void shouldNotSettleOnAFewVotesEvenIfAllAgree() {
    // given
    World world = World.of(1, 2, 3, 1, Order.BOTH, 100, 0);
    List<Ask> given = world.schedule().subList(0, 4);
    // when / then
    assertThat(EarlyStop.next(world.schedule(), given, world.votes(given), 1).settled()).isFalse();
    assertThat(
      EarlyStop.next(world.schedule(), world.schedule(), world.votes(), 1).settled()
    ).isTrue();
  }

  @Test
  void shouldAskTheRivalsForTheFirstPlaceNext() {
    // given: two documents that nobody can tell apart, far ahead of two others
    List<CallId> documents = List.of(
      Samples.document(0),
      Samples.document(1),
      Samples.document(2),
      Samples.document(3)
    );
    List<Ask> schedule = Pairing.schedule(
      documents,
      List.of(Samples.judge(1), Samples.judge(2), Samples.judge(3)),
      4,
      Order.BOTH,
      1
    );
    List<Ask> given = schedule
      .stream()
      .filter(ask -> ask.iteration() == 1)
      .toList();
    List<Vote> votes = given
      .stream()
      .map(ask -> World.vote(ask, clear(documents, ask)))
      .toList();
    // when
    EarlyStop.Next next = EarlyStop.next(schedule, given, votes, 1);
    // then
    assertThat(next.settled()).isFalse();
    assertThat(next.asks()).isNotEmpty();
    assertThat(next.asks()).allSatisfy(ask ->
      assertThat(List.of(ask.first(), ask.second())).containsExactlyInAnyOrder(
        documents.getFirst(),
        documents.get(1)
      )
    );
  }

  @Test
  void shouldEndUnsettledWhenTheScheduleIsUsedUp() {
    // given
    World world = World.of(1, 2, 1, 1, Order.BOTH, 0, 0);
    // when / then
    assertThat(EarlyStop.next(world.schedule(), world.schedule(), world.votes(), 1)).isEqualTo(
      new EarlyStop.Next(false, List.of())
    );
    assertThat(EarlyStop.next(world.schedule(), world.schedule(), List.of(), 1)).isEqualTo(
      new EarlyStop.Next(false, List.of())
    );
    assertThat(EarlyStop.next(List.of(), List.of(), List.of(), 1)).isEqualTo(
      new EarlyStop.Next(false, List.of())
    );
  }

  @Test
  void shouldGoOnWhenCallsFailed() {
    // given
    World world = World.of(1, 3, 2, 2, Order.BOTH, 1, 0);
    List<Ask> given = new ArrayList<>();
    EarlyStop.Next next = EarlyStop.next(world.schedule(), given, List.of(), 1);
    // when: no call ever gives a vote
    while (!next.asks().isEmpty()) {
      given.addAll(next.asks());
      next = EarlyStop.next(world.schedule(), given, List.of(), 1);
    }
    // then
    assertThat(given).doesNotHaveDuplicates();
    assertThat(given).containsExactlyInAnyOrderElementsOf(world.schedule());
    assertThat(next.settled()).isFalse();
  }

  @Test
  void shouldNotDependOnTheOrderOfArrival() {
    // given
    World world = World.of(8, 4, 3, 2, Order.BOTH, 0.5, 0);
    List<Ask> given = new ArrayList<>(world.schedule().subList(0, 30));
    EarlyStop.Next expected = EarlyStop.next(world.schedule(), given, world.votes(given), 5);
    assertThat(expected.asks()).isNotEmpty();
    // when
    List<Vote> votes = new ArrayList<>(world.votes(given));
    Collections.shuffle(given, new Random(1));
    Collections.shuffle(votes, new Random(2));
    // then
    assertThat(EarlyStop.next(world.schedule(), given, votes, 5)).isEqualTo(expected);
  }

  private static CallId clear(List<CallId> documents, Ask ask) {
    boolean rivals = documents.indexOf(ask.first()) < 2 && documents.indexOf(ask.second()) < 2;
    boolean firstIsBetter = documents.indexOf(ask.first()) < documents.indexOf(ask.second());
    return rivals || firstIsBetter ? ask.first() : ask.second();
  }

  private static List<Ask> play(World world) {
    List<Ask> asked = new ArrayList<>();
    EarlyStop.Next next = EarlyStop.next(world.schedule(), asked, List.of(), 1);
    while (!next.asks().isEmpty()) {
      asked.addAll(next.asks());
      next = EarlyStop.next(world.schedule(), asked, world.votes(asked), 1);
    }
    assertThat(new HashSet<>(world.schedule())).containsAll(asked);
    assertThat(asked).doesNotHaveDuplicates();
    return asked;
  }

  private static CallId winner(World world, List<Ask> asks) {
    return BradleyTerry.fit(world.documents(), world.votes(asks))
      .entrySet()
      .stream()
      .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
      .map(Map.Entry::getKey)
      .orElseThrow();
  }
}
