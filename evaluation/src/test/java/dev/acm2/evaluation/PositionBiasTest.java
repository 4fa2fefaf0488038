package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionBiasTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);

  @Test
  void shouldTellHowOftenTheFirstShownWinsBeyondHalf() {
    // given
    List<Vote> votes = List.of(
      vote(2, A, B, null),
      vote(1, B, A, B),
      vote(1, A, B, A),
      vote(1, A, B, null),
      vote(1, B, A, B),
      vote(1, A, B, B)
    );
    // when / then
    assertThat(PositionBias.of(votes)).containsExactly(
      new PositionBias(Samples.judge(1), 4, 3, 1, 0.25),
      new PositionBias(Samples.judge(2), 0, 0, 1, null)
    );
  }

  private static Vote vote(int judge, CallId first, CallId second, @Nullable CallId winner) {
    return new Vote(first, second, winner, Samples.judge(judge), 1);
  }
}
