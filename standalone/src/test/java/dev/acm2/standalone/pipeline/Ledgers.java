package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import dev.acm2.providersimulator.LedgerEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Compares what the provider saw with what the log says.
final class Ledgers {

  private Ledgers() {}

  /// Invariants I1, I2, I3, I4, I7 by the server, and I5 against the provider's own ledger: exact, but
  /// for calls that lost their worker or were ended by the sweeper, which may differ by one.
  static void assertVerified(Api api, RunId runId, List<LedgerEntry> entries) {
    JsonNode verdict = api.verify(runId);
    assertThat(verdict.get("ok").asBoolean()).as("%s", verdict.toPrettyString()).isTrue();

    Map<String, Long> sent = entries
      .stream()
      .collect(Collectors.groupingBy(Ledgers::callIdOf, Collectors.counting()));
    for (CallView call : api.calls(runId)) {
      long requests = sent.getOrDefault(call.callId().value(), 0L);
      long tolerance = call.epoch() > 1 || call.enforcedBy() == Enforcer.SWEEPER ? 1 : 0;
      assertThat(Math.abs(requests - call.attempts()))
        .as("I5: %d requests in the ledger for %s", requests, call)
        .isLessThanOrEqualTo(tolerance);
    }
  }

  static String callIdOf(LedgerEntry entry) {
    String requestId = String.valueOf(entry.requestId());
    return requestId.substring(0, Math.max(0, requestId.indexOf('-')));
  }
}
