package dev.acm2.projector;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the projector; the README lists them.
///
/// @param bootstrapServers of the log
/// @param replicationFactor of topics that do not exist yet
/// @param stateDir durable folder of the stores
/// @param applicationId of Kafka Streams, to which the generation is added
/// @param threads that fold, at most as many as there are partitions
@ConfigurationProperties("acm2.projector")
public record ProjectorSettings(
  String bootstrapServers,
  short replicationFactor,
  Path stateDir,
  String applicationId,
  int threads
) {}
