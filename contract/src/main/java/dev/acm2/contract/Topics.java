package dev.acm2.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Every topic, with what it must guarantee.
public enum Topics {
  /// The truth. One run lives in one partition and has one total order; times are the broker's.
  EVENTS(
    "acm2.events",
    4,
    Map.of(
      "retention.ms",
      "-1",
      "cleanup.policy",
      "delete",
      "message.timestamp.type",
      "LogAppendTime"
    )
  ),
  LANES("acm2.lanes", 4, retained(Duration.ofDays(7))),
  WORK("acm2.work", 8, retained(Duration.ofDays(7))),
  WORKERS("acm2.workers", 1, compacted()),
  CONTROL("acm2.control", 1, retained(Duration.ofDays(1))),
  /// As many partitions as [#EVENTS], and the same one for the same run.
  VIEWS("acm2.views", 4, compacted()),
  /// How each lane stands and what it is limited to, by lane. Of the last hour every view is kept, so
  /// that whoever reads it from the beginning knows how the lanes came to stand as they do.
  LANE_VIEWS("acm2.lane-views", 1, compactedAfter(Duration.ofHours(1))),
  LOGS("acm2.logs", 4, retained(Duration.ofDays(14))),
  QUARANTINE("acm2.quarantine", 1, Map.of("retention.ms", "-1", "cleanup.policy", "delete"));

  private final String topic;
  private final int partitions;
  private final Map<String, String> config;

  Topics(String topic, int partitions, Map<String, String> config) {
    this.topic = topic;
    this.partitions = partitions;
    this.config = config;
  }

  public String topic() {
    return topic;
  }

  public int partitions() {
    return partitions;
  }

  /// Topic configuration as Kafka's own keys and values.
  public Map<String, String> config() {
    return config;
  }

  public static List<Topics> all() {
    return List.of(values());
  }

  private static Map<String, String> retained(Duration time) {
    return Map.of("retention.ms", Long.toString(time.toMillis()), "cleanup.policy", "delete");
  }

  private static Map<String, String> compacted() {
    return Map.of("cleanup.policy", "compact");
  }

  /// Nothing younger than the time is compacted. A segment that is still written never is, so one ends
  /// after that time: else a quiet topic would be compacted once a week, and readers had to read it all.
  private static Map<String, String> compactedAfter(Duration time) {
    String millis = Long.toString(time.toMillis());
    return Map.of(
      "cleanup.policy",
      "compact",
      "min.compaction.lag.ms",
      millis,
      "segment.ms",
      millis
    );
  }
}
