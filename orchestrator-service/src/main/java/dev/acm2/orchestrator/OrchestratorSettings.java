package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param bootstrapServers host:port of the log, comma separated
/// @param instance name of this process in the events that it writes
/// @param replicationFactor copies of each topic that is created
/// @param stateDir folder that Kafka Streams locks; the state itself is in the log
/// @param applicationId consumer group, and prefix of the state's topics
/// @param threads stream threads
/// @param lanes by provider, or for a lane of its own by `provider:model`; a model without a lane takes
/// no calls
/// @param breaker when a run gives up a model
/// @param modelsFile models and prices of one's own, added to those of the build or in place of them;
/// blank for none
@ConfigurationProperties("acm2.orchestrator")
record OrchestratorSettings(
  String bootstrapServers,
  String instance,
  short replicationFactor,
  Path stateDir,
  String applicationId,
  int threads,
  @DefaultValue Map<String, LaneSettings> lanes,
  @DefaultValue BreakerRules breaker,
  @DefaultValue("") String modelsFile
) {
  OrchestratorSettings {
    lanes.forEach((name, settings) -> settings.check(name));
  }

  ConfiguredLanes configuredLanes() {
    Map<String, LaneLimits> limits = new TreeMap<>();
    lanes.forEach((name, settings) -> limits.put(name, settings.limits()));
    return new ConfiguredLanes(limits);
  }
}
