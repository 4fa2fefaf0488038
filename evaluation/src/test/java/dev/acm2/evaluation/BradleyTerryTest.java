package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.evaluation.BradleyTerry.Strength;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BradleyTerryTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);
  private static final CallId C = Samples.document(3);

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
  void shouldAgreeWithTheGreatestLikelihoodFoundByBruteForce(long seed) {
    // given
    int size = 2 + (int) (seed % 3);
    World world = World.of(seed, size, 2, 1, Order.BOTH, 1.5, 0.2);
    Likelihood likelihood = new Likelihood(world.documents(), world.votes());
    // when
    SortedMap<CallId, Double> strengths = BradleyTerry.fit(world.documents(), world.votes());
    // then
    double[] expected = likelihood.climb();
    for (int i = 0; i < size; i++) {
      assertThat(strengths.get(world.documents().get(i))).isEqualTo(expected[i], within(1e-5));
    }
  }

  @Test
  void shouldComeCloseToTheLogarithmOfTheOddsWithManyVotes() {
    // given
    List<Vote> votes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      votes.add(vote(A, B, i % 4 == 0 ? B : A));
    }
    // when
    SortedMap<CallId, Double> strengths = BradleyTerry.fit(List.of(A, B), votes);
    // then
    assertThat(lead(strengths, A, B)).isEqualTo(Math.log(3), within(0.001));
  }

  @Test
  void shouldCountATieAsHalfAWinForBoth() {
    // given
    List<Vote> ties = List.of(vote(A, B, null), vote(B, A, null), vote(A, C, A), vote(B, C, B));
    List<Vote> wins = List.of(vote(A, B, A), vote(B, A, B), vote(A, C, A), vote(B, C, B));
    // when / then
    assertThat(BradleyTerry.fit(List.of(A, B, C), ties)).isEqualTo(
      BradleyTerry.fit(List.of(A, B, C), wins)
    );
  }

  @Test
  void shouldGiveEqualRecordsEqualStrengths() {
    // given
    List<Vote> circle = List.of(vote(A, B, A), vote(B, C, B), vote(C, A, C));
    // when / then
    assertThat(BradleyTerry.fit(List.of(A, B, C), circle)).isEqualTo(
      Map.of(A, 0.0, B, 0.0, C, 0.0)
    );
  }

  @Test
  void shouldKeepUndefeatedDocumentsFinite() {
    // given
    List<Vote> votes = Collections.nCopies(50, vote(A, B, A));
    // when
    Strength winner = strength(BradleyTerry.withIntervals(List.of(A, B), votes, 1), A);
    // then
    assertThat(winner.logStrength()).isBetween(2.0, 3.0);
    assertThat(winner.low()).isBetween(1.0, winner.logStrength());
    assertThat(winner.high()).isBetween(winner.logStrength(), 10.0);
    assertThat(winner.rating()).isEqualTo(
      1000 + (400 * winner.logStrength()) / Math.log(10),
      within(1e-6)
    );
  }

  @Test
  void shouldFindNarrowerIntervalsWithMoreVotes() {
    // given
    World few = World.of(3, 4, 3, 1, Order.BOTH, 1, 0);
    World many = World.of(3, 4, 3, 20, Order.BOTH, 1, 0);
    // when / then
    assertThat(width(many)).isLessThan(width(few) / 2);
  }

  @Test
  void shouldLeaveOutDocumentsWithoutVotesAndVotesAboutOthers() {
    // given
    List<Vote> votes = List.of(vote(A, B, A), vote(A, Samples.document(9), Samples.document(9)));
    // when / then
    assertThat(BradleyTerry.fit(List.of(A, B, C), votes)).isEqualTo(
      BradleyTerry.fit(List.of(A, B), List.of(vote(A, B, A)))
    );
    assertThat(BradleyTerry.fit(List.of(A, B, C), List.of())).isEmpty();
    assertThat(BradleyTerry.withIntervals(List.of(A), List.of(), 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3 })
  void shouldNotDependOnTheOrderOfArrival(long seed) {
    // given
    World world = World.of(seed, 5, 3, 2, Order.BALANCED, 1, 0.3);
    List<Vote> votes = new ArrayList<>(world.votes());
    List<CallId> documents = new ArrayList<>(world.documents());
    SortedMap<CallId, Strength> expected = BradleyTerry.withIntervals(documents, votes, 7);
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      // when
      Collections.shuffle(votes, random);
      Collections.shuffle(documents, random);
      // then
      assertThat(BradleyTerry.withIntervals(documents, votes, 7)).isEqualTo(expected);
    }
    assertThat(BradleyTerry.withIntervals(documents, votes, 8)).isNotEqualTo(expected);
  }

  private static double width(World world) {
    return BradleyTerry.withIntervals(world.documents(), world.votes(), 1)
      .values()
      .stream()
      .mapToDouble(strength -> strength.high() - strength.low())
      .sum();
  }

  private static double lead(SortedMap<CallId, Double> strengths, CallId one, CallId other) {
    return strengths.getOrDefault(one, 0.0) - strengths.getOrDefault(other, 0.0);
  }

  private static Strength strength(SortedMap<CallId, Strength> strengths, CallId document) {
    return Objects.requireNonNull(strengths.get(document));
  }

  static Vote vote(CallId first, CallId second, @Nullable CallId winner) {
    return new Vote(first, second, winner, Samples.judge(1), 1);
  }
}
