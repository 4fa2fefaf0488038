package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
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
  /// for one request of a call each time that its worker was lost, or when nobody but the sweeper or an
  /// abort could end it.
  static void assertVerified(Api api, RunId runId, List<LedgerEntry> entries) {
    JsonNode verdict = api.verify(runId);
    assertThat(verdict.get("ok").asBoolean()).as("%s", verdict.toPrettyString()).isTrue();

    Map<String, Long> sent = entries
      .stream()
      .collect(Collectors.groupingBy(Ledgers::callIdOf, Collectors.counting()));
    for (CallView call : api.calls(runId)) {
      long requests = sent.getOrDefault(call.callId().value(), 0L);
      long tolerance = uncertain(call);
      assertThat(Math.abs(requests - call.attempts()))
        .as("I5: %d requests in the ledger for %s", requests, call)
        .isLessThanOrEqualTo(tolerance);
    }
  }

  /// How many requests of a call nobody may have told of.
  private static int uncertain(CallView call) {
    CallView.LastError error = call.lastError();
    boolean lost =
      error != null && error.active() && error.kind().equals(FailureKind.WORKER_LOST.name());
    boolean unseen = call.enforcedBy() == Enforcer.SWEEPER || call.state() == CallState.CANCELLED;
    return call.epoch() - 1 + (lost ? 1 : 0) + (unseen ? 1 : 0);
  }

  static String callIdOf(LedgerEntry entry) {
    String requestId = String.valueOf(entry.requestId());
    return requestId.substring(0, Math.max(0, requestId.indexOf('-')));
  }
}
