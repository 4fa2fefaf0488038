package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRequestTest {

  private static final Instant DEADLINE = Instant.parse("2026-01-01T01:00:00Z");

  @Test
  void shouldAskForAPhaseAnew() {
    assertThat(read("{'from':'PAIRWISE','maxPaidCalls':600}").checked(DEADLINE)).isEqualTo(
      new RunRetryRequested(null, 600, null, DEADLINE, "retried by request", Phase.PAIRWISE)
    );
  }

  @Test
  void shouldAskForWhatDidNotSucceedWhenNoPhaseIsNamed() {
    RunRetryRequested asked = read("{}").checked(DEADLINE);
    assertThat(asked.from()).isNull();
    assertThat(asked.calls()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
    quoteCharacter = '|',
    delimiter = ';',
    textBlock = """
    {'from':'GENERATION'}; from
    {'from':'PAIRWISE','calls':['0123456789abcdef0123456789abcdef']}; from
    {'from':'LATER'}; from
    {'calls':[]}; calls
    {'maxPaidCalls':0}; maxPaidCalls
    """
  )
  void shouldNameTheFieldThatIsWrong(String body, String field) {
    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> read(body).checked(DEADLINE))
      .satisfies(problem -> assertThat(problem.field()).isEqualTo(field));
  }

  private static RetryRequest read(String body) {
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SubmissionReader.read(json, RetryRequest.class, "what to run again");
  }
}
