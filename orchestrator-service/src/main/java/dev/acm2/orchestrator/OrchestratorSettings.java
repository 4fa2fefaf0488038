package dev.acm2.orchestrator;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param bootstrapServers host:port of the log, comma separated
/// @param instance name of this process in the events that it writes
/// @param replicationFactor copies of each topic that is created
/// @param stateDir folder that Kafka Streams locks; the state itself is in the log
/// @param applicationId consumer group, and prefix of the state's topics
/// @param threads stream threads
/// @param lanes by provider; a provider without a lane takes no calls
@ConfigurationProperties("acm2.orchestrator")
record OrchestratorSettings(
  String bootstrapServers,
  String instance,
  short replicationFactor,
  Path stateDir,
  String applicationId,
  int threads,
  @DefaultValue Map<String, LaneSettings> lanes
) {
  /// @param concurrency calls to the provider that may be under way at once, over all runs and workers
  record LaneSettings(int concurrency) {
    LaneSettings {
      if (concurrency < 1) {
        throw new IllegalArgumentException("a lane needs a concurrency of 1 or more");
      }
    }
  }

  Map<String, Integer> laneLimits() {
    return lanes
      .entrySet()
      .stream()
      .collect(Collectors.toMap(Map.Entry::getKey, lane -> lane.getValue().concurrency()));
  }
}
