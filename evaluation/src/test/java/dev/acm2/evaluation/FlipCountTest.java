package dev.acm2.evaluation;

import static dev.acm2.evaluation.BradleyTerryTest.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlipCountTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);

  @Test
  void shouldCountTheVotesThatHoldTheFirstPlace() {
    // given
    Vote forA = vote(A, B, A);
    Vote forB = vote(A, B, B);
    // when / then
    assertThat(flips(List.of(forA))).hasValue(1);
    assertThat(flips(List.of(forA, forB))).hasValue(1);
    assertThat(flips(List.of(forA, forA))).hasValue(2);
    assertThat(flips(List.of(forA, forA, forA))).hasValue(2);
    assertThat(flips(List.of(forA, forA, forA, vote(A, B, null)))).hasValue(2);
    assertThat(flips(List.of(vote(A, B, null)))).hasValue(1);
    assertThat(flips(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
  void shouldAgreeWithTryingEveryCombinationOfChangedVotes(long seed) {
    // given
    World world = World.of(seed, 3, 2, 1, Order.BOTH, 1.5, 0);
    // when / then
    assertThat(BradleyTerry.votesToFlipFirst(world.documents(), world.votes())).hasValue(
      bruteForce(world)
    );
  }

  private static int bruteForce(World world) {
    List<Vote> votes = world.votes();
    CallId first = first(world.documents(), votes);
    for (int flips = 1; flips <= votes.size(); flips++) {
      if (canFall(world.documents(), votes, first, flips, 0)) {
        return flips;
      }
    }
    throw new AssertionError("the first place cannot fall");
  }

  private static boolean canFall(
    List<CallId> documents,
    List<Vote> votes,
    CallId first,
    int flips,
    int from
  ) {
    if (flips == 0) {
      SortedMap<CallId, Double> strengths = BradleyTerry.fit(documents, votes);
      double own = strengths.getOrDefault(first, 0.0);
      return strengths
        .values()
        .stream()
        .anyMatch(strength -> strength > own);
    }
    for (int i = from; i < votes.size(); i++) {
      for (Vote changed : others(votes.get(i))) {
        List<Vote> next = new ArrayList<>(votes);
        next.set(i, changed);
        if (canFall(documents, next, first, flips - 1, i + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Vote> others(Vote vote) {
    return Stream.of(vote.first(), vote.second())
      .filter(document -> !document.equals(vote.winner()))
      .map(document ->
        new Vote(vote.first(), vote.second(), document, vote.judge(), vote.iteration())
      )
      .toList();
  }

  private static CallId first(List<CallId> documents, List<Vote> votes) {
    return BradleyTerry.fit(documents, votes)
      .entrySet()
      .stream()
      .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
      .map(Map.Entry::getKey)
      .orElseThrow();
  }

  private static OptionalInt flips(List<Vote> votes) {
    return BradleyTerry.votesToFlipFirst(List.of(A, B), votes);
  }
}
