package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All of a run's rows for whoever takes them one page after the other: the next page is read when the one
/// before it has been taken, and none of them is kept. Each page is as of its own moment, so that a
/// reader who is slow holds no transaction open.
final class RunPages {

  private static final int CALLS = 500;

  private final RunQueries queries;
  private final EventPages events;

  RunPages(RunQueries queries, EventPages events) {
    this.queries = queries;
    this.events = events;
  }

  /// Who takes a page.
  interface Taker<T> {
    void take(List<T> page);
  }

  /// The calls in the order of their ids.
  ///
  /// @throws ProblemException run-not-found when the run is deleted meanwhile; store-unavailable
  void calls(RunId runId, Taker<CallView> taker) {
    @Nullable
    CallId after = null;
    do {
      CallPage page = queries
        .calls(runId, null, CALLS, after)
        .orElseThrow(ProblemException::runNotFound);
      taker.take(page.items());
      after = page.nextCursor() == null ? null : page.items().getLast().callId();
    } while (after != null);
  }

  /// The events in the order of the log, to the one that is the last when its page is read.
  ///
  /// @throws ProblemException as of [#calls]
  void events(RunId runId, Taker<LoggedEvent> taker) {
    List<LoggedEvent> page = events.after(runId, -1);
    while (!page.isEmpty()) {
      taker.take(page);
      page = events.after(runId, page.getLast().offset());
    }
  }
}
