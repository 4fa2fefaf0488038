package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.orchestrator.Lane.LaneRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Publishes how lanes stand, each time that it is another standing.
final class LaneViews {

  static final String SINK = "views-of-lanes";

  private final ProcessorContext<byte[], Object> context;
  private final Map<String, LaneView> published = new HashMap<>();

  LaneViews(ProcessorContext<byte[], Object> context) {
    this.context = context;
  }

  /// @param configured what limits the lane as long as nothing else was set
  static LaneView of(String name, Lane lane, LaneLimits configured, Instant now) {
    LaneLimits limits = lane.limits(configured);
    Throttle pace = lane.pace();
    Instant blocked = pace.blockedUntil();
    long waiting = lane
      .runs()
      .stream()
      .mapToLong(run -> run.tail() - run.head())
      .sum();
    long runs = Stream.concat(
      lane.runs().stream().map(LaneRun::runId),
      lane.waitingForTheirTime().stream().map(LaneCommand.Enqueue::runId)
    )
      .distinct()
      .count();
    return new LaneView(
      name,
      limits,
      lane.override() != null,
      pace.concurrency(limits),
      lane.inFlight(),
      waiting + lane.waitingForTheirTime().size(),
      Math.toIntExact(runs),
      blocked != null && blocked.isAfter(now) ? blocked : null,
      Math.toIntExact(pace.requests().sum(now)),
      pace.tokenWindow().sum(now),
      now
    );
  }

  void publish(LaneView view) {
    LaneView before = published.put(view.lane(), view);
    if (before == null || !at(before, view.at()).equals(view)) {
      forward(view.lane(), ContractJson.EVENTS.writeValueAsBytes(view), view.at());
    }
  }

  /// There is no such lane any more.
  void withdraw(String lane, Instant now) {
    published.remove(lane);
    forward(lane, null, now);
  }

  private static LaneView at(LaneView view, Instant time) {
    return new LaneView(
      view.lane(),
      view.limits(),
      view.overridden(),
      view.concurrencyNow(),
      view.inFlight(),
      view.waiting(),
      view.runs(),
      view.blockedUntil(),
      view.requestsInWindow(),
      view.tokensInWindow(),
      time
    );
  }

  private void forward(String lane, byte @Nullable [] value, Instant now) {
    byte[] key = lane.getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<byte[], @Nullable Object>(key, value, now.toEpochMilli()), SINK);
  }
}
