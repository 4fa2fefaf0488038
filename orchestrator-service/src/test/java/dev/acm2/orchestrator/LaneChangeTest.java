package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.LaneLimits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneChangeTest {

  private static final ConfiguredLanes CONFIGURED = new ConfiguredLanes(
    Map.of("openai:gpt-5", new LaneLimits(1, null, null, true))
  );

  @Test
  void shouldReadTheLimitsOfALane() {
    assertThat(read("{\"concurrency\":7}")).isEqualTo(new LaneLimits(7, null, null, true));
    assertThat(
      read(
        """
        {"concurrency":1,"requestsPerMinute":120,"tokensPerMinute":90000,"adaptive":false}"""
      )
    ).isEqualTo(new LaneLimits(1, 120, 90_000, false));
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "{} | concurrency | validation",
      "{\"concurrency\":0} | concurrency | validation",
      "{\"concurrency\":null} | concurrency | validation",
      "{\"concurrency\":1.5} | concurrency | validation",
      "{\"concurrency\":\"many\"} | concurrency | validation",
      "{\"concurrency\":1,\"requestsPerMinute\":0} | requestsPerMinute | validation",
      "{\"concurrency\":1,\"tokensPerMinute\":-1} | tokensPerMinute | validation",
      "{\"concurrency\":1,\"adaptive\":\"so\"} | adaptive | validation",
      "{\"concurrency\":1,\"weight\":1} | weight | unknown-field",
    }
  )
  void shouldNameTheFieldThatIsToBlame(String body, String field, String slug) {
    assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(Problem.class, problem -> {
      assertThat(problem.field()).isEqualTo(field);
      assertThat(problem.slug()).isEqualTo(slug);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = { "openai", "openai:gpt-5", "openai:meta/llama:free" })
  void shouldTakeALaneOfAConfiguredProvider(String lane) {
    assertThat(LaneChange.lane("/" + lane, CONFIGURED)).isEqualTo(lane);
  }

  @ParameterizedTest
  @ValueSource(strings = { "", " ", "openai:", ":gpt-5" })
  void shouldRefuseWhatCanBeNoLane(String lane) {
    assertThatThrownBy(() -> LaneChange.lane("/" + lane, CONFIGURED)).isInstanceOfSatisfying(
      Problem.class,
      problem -> {
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.field()).isEqualTo("lane");
      }
    );
  }

  @Test
  void shouldNotFindALaneOfAnotherProvider() {
    assertThatThrownBy(() -> LaneChange.lane("/google", CONFIGURED)).isInstanceOfSatisfying(
      Problem.class,
      problem -> {
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.slug()).isEqualTo("unknown-provider");
      }
    );
  }

  private static LaneLimits read(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return SubmissionReader.read(bytes, LaneChange.class, "limits").checked();
  }
}
