package dev.acm2.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void shouldKeepEveryViewOfALaneForAnHourAndNotForEver() {
    String hour = Long.toString(Duration.ofHours(1).toMillis());

    assertThat(Topics.LANE_VIEWS.config())
      .containsEntry("cleanup.policy", "compact")
      .containsEntry("min.compaction.lag.ms", hour)
      .containsEntry("segment.ms", hour);
  }
}
