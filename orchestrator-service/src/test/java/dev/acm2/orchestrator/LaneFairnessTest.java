package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever holds a lane back holds its runs back alike.
class LaneFairnessTest {

  private static final RunId A = Facts.runId(1);

  @ParameterizedTest
  @CsvSource({
    "1, 90, ",
    "2, , 20000",
    "3, 90, 20000",
    "4, 300, 20000",
    "5, 40, 90000",
    "6, 1000, 1000000",
  })
  void shouldShareFairlyWhenRequestsAndTokensAreLimited(
    long seed,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer tokensPerMinute
  ) {
    Random random = new Random(seed);
    LaneScript lane = new LaneScript(
      new LaneLimits(1 + random.nextInt(20), requestsPerMinute, tokensPerMinute, true)
    );
    for (int i = 0; i < 600; i++) {
      lane.enqueue(1, 1, 200 + random.nextInt(800)).enqueue(2, 1, 200 + random.nextInt(3_000));
    }

    int from = lane.released.size();
    while (lane.released.size() < 1_000) {
      if (!lane.inFlight.isEmpty() && random.nextInt(3) > 0) {
        lane.end(random.nextInt(lane.inFlight.size()), true, (long) random.nextInt(2_000));
      } else {
        lane.pass(random.nextInt(3_000));
      }
    }

    checkEach200(lane.released.subList(from, 1_000));
  }

  private static void checkEach200(List<LaneCommand.Enqueue> served) {
    for (int first = 0; first + 200 <= served.size(); first++) {
      long ofA = served
        .subList(first, first + 200)
        .stream()
        .filter(call -> call.runId().equals(A))
        .count();
      assertThat((double) ofA / (200 - ofA)).isBetween(0.8, 1.25);
    }
  }
}
