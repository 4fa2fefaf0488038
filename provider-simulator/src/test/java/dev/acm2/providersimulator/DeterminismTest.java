package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.KEY;
import static dev.acm2.providersimulator.SimulatedProvider.MODEL;
import static dev.acm2.providersimulator.SimulatedProvider.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeterminismTest {

  private static final FaultShares HALF = FaultShares.of(Fault.SERVER_ERROR, 0.5);

  @Test
  void shouldAnswerTheSameForTheSameSeed() throws Exception {
    assertThat(answers(3)).isEqualTo(answers(3)).isNotEqualTo(answers(4));
  }

  @Test
  void shouldGiveARequestIdTheSameLuckInAnyOrderOfArrival() throws Exception {
    List<String> ids = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
    List<String> forward = outcomes(ids);

    Collections.reverse(ids);
    List<String> backward = outcomes(ids);

    assertThat(backward.reversed()).isEqualTo(forward).contains("OK", "SERVER_ERROR");
  }

  @Test
  void shouldNotGiveARepeatedRequestIdTheSameFaultForEver() throws Exception {
    assertThat(outcomes(Collections.nCopies(30, "a"))).contains("OK", "SERVER_ERROR");
  }

  private static List<String> answers(long seed) throws Exception {
    SimulatorOptions options = SimulatedProvider.immediate(seed).withFaults(HALF);
    List<String> answers = new ArrayList<>();
    try (SimulatedProvider provider = new SimulatedProvider(options)) {
      for (int i = 0; i < 10; i++) {
        String body = provider.post(responses(MODEL, "Prompt " + (i % 3))).body();
        ObjectNode stable = (ObjectNode) JSON.readTree(body);
        stable.remove("created_at");
        answers.add(stable.toString());
      }
    }
    return answers;
  }

  private static List<String> outcomes(List<String> requestIds) throws Exception {
    SimulatorOptions options = SimulatedProvider.immediate().withFaults(HALF);
    String body = JSON.writeValueAsString(responses(MODEL, "Hello"));
    try (SimulatedProvider provider = new SimulatedProvider(options)) {
      for (String id : requestIds) {
        provider.post(Dialect.RESPONSES.path, body, KEY, id);
      }
      return provider.simulator.ledger().entries().stream().map(LedgerEntry::outcome).toList();
    }
  }
}
