package dev.acm2.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the gateway; the README lists them.
///
/// @param bootstrapServers of the log
/// @param orchestratorUrl where writes go
/// @param replicationFactor of topics that do not exist yet
/// @param projectorApplicationId of the projector's fold, to which the generation is added
@ConfigurationProperties("acm2.gateway")
public record GatewaySettings(
  String bootstrapServers,
  URI orchestratorUrl,
  short replicationFactor,
  String projectorApplicationId
) {}
