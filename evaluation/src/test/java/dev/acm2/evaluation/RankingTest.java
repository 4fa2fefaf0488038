package dev.acm2.evaluation;

import static dev.acm2.evaluation.BradleyTerryTest.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);
  private static final CallId C = Samples.document(3);
  private static final CallId D = Samples.document(4);

  @Test
  void shouldRankByStrengthAndCountHeadToHead() {
    // given
    List<Vote> votes = List.of(
      vote(A, B, B),
      vote(B, A, B),
      vote(A, C, A),
      vote(C, A, null),
      vote(B, C, B),
      vote(C, B, C)
    );
    // when
    Ranking ranking = Ranking.of(List.of(A, B, C, D), votes, 1);
    // then
    assertThat(ranking.rows()).extracting(Ranking.Row::document).containsExactly(B, A, C, D);
    assertThat(ranking.rows()).extracting(Ranking.Row::rank).containsExactly(1, 2, 3, 4);
    Ranking.Row a = ranking.rows().get(1);
    assertThat(List.of(a.wins(), a.losses(), a.ties(), a.votes())).containsExactly(1, 2, 1, 4);
    assertThat(a.winRate()).isEqualTo(1.5 / 4);
    assertThat(ranking.netWins()).containsExactly(
      List.of(0, 2, 0, 0),
      List.of(-2, 0, 1, 0),
      List.of(0, -1, 0, 0),
      List.of(0, 0, 0, 0)
    );
    Ranking.Row first = ranking.rows().getFirst();
    assertThat(first.low()).isLessThan(first.bradleyTerry());
    assertThat(first.high()).isGreaterThan(first.bradleyTerry());
    assertThat(ranking.votesToFlip()).isEqualTo(1);
  }

  @Test
  void shouldPutDocumentsWithoutVotesLastAndKnowNothingOfThem() {
    // when
    Ranking ranking = Ranking.of(List.of(D, A, B), List.of(vote(A, B, B)), 1);
    // then
    assertThat(ranking.rows()).extracting(Ranking.Row::document).containsExactly(B, A, D);
    Ranking.Row unknown = ranking.rows().getLast();
    assertThat(unknown.winRate()).isNull();
    assertThat(unknown.bradleyTerry()).isNull();
    assertThat(unknown.low()).isNull();
    assertThat(unknown.high()).isNull();
    assertThat(unknown.elo()).isEqualTo(1000);
  }

  @Test
  void shouldDecideADrawByTheGivenOrder() {
    // given
    List<Vote> circle = List.of(vote(A, B, A), vote(B, C, B), vote(C, A, C));
    // when / then
    assertThat(Ranking.of(List.of(C, A, B), circle, 1).rows())
      .extracting(Ranking.Row::document)
      .containsExactly(C, A, B);
  }

  @Test
  void shouldStandWithoutVotesOrDocuments() {
    assertThat(Ranking.of(List.of(), List.of(), 1)).isEqualTo(
      new Ranking(List.of(), List.of(), null)
    );
    assertThat(Ranking.of(List.of(B, A), List.of(), 1).rows())
      .extracting(Ranking.Row::document)
      .containsExactly(B, A);
    assertThat(Ranking.of(List.of(B, A), List.of(), 1).votesToFlip()).isNull();
  }

  @Test
  void shouldNotDependOnTheOrderOfArrival() {
    Random random = new Random(2);
    for (int seed = 0; seed < 5; seed++) {
      // given
      World world = World.of(seed, 4, 3, 1, Order.BOTH, 1, 0.2);
      List<Vote> votes = new ArrayList<>(world.votes());
      Ranking expected = Ranking.of(world.documents(), votes, seed);
      List<PositionBias> bias = PositionBias.of(votes);
      // when
      Collections.shuffle(votes, random);
      // then
      assertThat(Ranking.of(world.documents(), votes, seed)).isEqualTo(expected);
      assertThat(PositionBias.of(votes)).isEqualTo(bias);
    }
  }

  @Test
  void shouldRefuseVotesThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> vote(A, A, A));
    assertThatIllegalArgumentException().isThrownBy(() -> vote(A, B, C));
  }
}
