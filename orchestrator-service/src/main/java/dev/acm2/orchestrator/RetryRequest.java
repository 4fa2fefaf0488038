package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client wants to run again, as it came: nothing is checked yet.
///
/// @param calls null for all that did not succeed
/// @param from phase that is run anew with those after it, null for calls that did not succeed
record RetryRequest(
  @Nullable List<@Nullable String> calls,
  @Nullable Integer maxPaidCalls,
  @Nullable BigDecimal maxCostUsd,
  @Nullable Phase from
) {
  /// More calls than these are run again all at once, or in several requests.
  static final int MAX_CALLS = 1000;

  /// @throws Problem that names the field which is wrong
  RunRetryRequested checked(Instant deadlineAt) {
    SubmissionCheck.paidCalls("maxPaidCalls", maxPaidCalls);
    SubmissionCheck.cost("maxCostUsd", maxCostUsd);
    checkFrom();
    return new RunRetryRequested(
      calls == null ? null : ids(calls),
      maxPaidCalls,
      maxCostUsd == null ? null : Usd.of(maxCostUsd),
      deadlineAt,
      "retried by request",
      from
    );
  }

  private void checkFrom() {
    if (from == Phase.GENERATION) {
      throw Problem.invalid("validation", "from", "from must be a phase after the generation");
    }
    if (from != null && calls != null) {
      throw Problem.invalid(
        "validation",
        "from",
        "from means all calls of its phase; calls cannot be named beside it"
      );
    }
  }

  private static List<CallId> ids(List<@Nullable String> calls) {
    if (calls.isEmpty() || calls.size() > MAX_CALLS) {
      throw Problem.invalid(
        "validation",
        "calls",
        "calls must name 1 to " +
          MAX_CALLS +
          " calls; without it all that did not succeed are meant"
      );
    }
    List<CallId> ids = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      ids.add(id("calls[" + i + "]", calls.get(i)));
    }
    return List.copyOf(ids);
  }

  /// @throws Problem that names the field, when the text is no call id
  static CallId id(String field, @Nullable String text) {
    try {
      return CallId.parse(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(
        "validation",
        field,
        field + " is not a call id of 32 lower case hexadecimal digits"
      );
    }
  }
}
