package dev.acm2.evaluation;

import static dev.acm2.evaluation.BradleyTerryTest.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EloTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);

  @Test
  void shouldMoveHalfOfKBetweenEqualDocuments() {
    assertThat(Elo.inOrder(List.of(A, B), List.of(vote(A, B, B)))).isEqualTo(
      Map.of(A, 984.0, B, 1016.0)
    );
    assertThat(Elo.inOrder(List.of(A, B), List.of(vote(A, B, null)))).isEqualTo(
      Map.of(A, 1000.0, B, 1000.0)
    );
  }

  @Test
  void shouldMoveLessForAnExpectedOutcome() {
    // when
    Map<CallId, Double> ratings = Elo.inOrder(List.of(A, B), List.of(vote(A, B, A), vote(B, A, A)));
    // then
    assertThat(ratings.get(A)).isEqualTo(
      1016 + 32 * (1 - 1 / (1 + Math.pow(10, -0.08))),
      within(1e-9)
    );
  }

  @Test
  void shouldDependOnTheOrderOnlyWhereItIsAskedTo() {
    // given
    World world = World.of(5, 4, 3, 1, Order.BOTH, 1, 0);
    List<Vote> shuffled = new ArrayList<>(world.votes());
    Collections.shuffle(shuffled, new Random(1));
    // when / then
    assertThat(Elo.canonical(world.documents(), shuffled)).isEqualTo(
      Elo.canonical(world.documents(), world.votes())
    );
    assertThat(Elo.inOrder(world.documents(), shuffled)).isNotEqualTo(
      Elo.inOrder(world.documents(), world.votes())
    );
  }

  @Test
  void shouldLeaveOutVotesAboutOtherDocuments() {
    assertThat(Elo.inOrder(List.of(A), List.of(vote(A, B, B)))).isEqualTo(Map.of(A, 1000.0));
  }
}
