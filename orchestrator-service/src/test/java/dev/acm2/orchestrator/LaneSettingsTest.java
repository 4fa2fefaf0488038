package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LaneSettingsTest {

  @Test
  void shouldReadTheLanesOfProvidersAndModels() {
    OrchestratorSettings settings = bound(
      Map.of(
        "lanes.openai.concurrency",
        "50",
        "lanes.openai.requests-per-minute",
        "500",
        "lanes.openai.tokens-per-minute",
        "90000",
        "lanes[openai:gpt-5.1].concurrency",
        "7",
        "lanes[openai:gpt-5.1].adaptive",
        "false"
      )
    );

    assertThat(settings.configuredLanes().limits()).isEqualTo(
      Map.of(
        "openai",
        new LaneLimits(50, 500, 90_000, true),
        "openai:gpt-5.1",
        new LaneLimits(7, null, null, false)
      )
    );
    assertThat(settings.breaker()).isEqualTo(RunBench.RULES);
  }

  @Test
  void shouldReadWhenARunGivesUpAModel() {
    OrchestratorSettings settings = bound(
      Map.of("breaker.failures", "4", "breaker.probe-after", "PT5S", "breaker.probes", "1")
    );

    assertThat(settings.breaker()).isEqualTo(new BreakerRules(4, Duration.ofSeconds(5), 1));
  }

  @Test
  void shouldRefuseALaneThatCouldNeverReleaseAnything() {
    assertThatThrownBy(() -> bound(Map.of("lanes.openai.concurrency", "0")))
      .rootCause()
      .hasMessageContaining("lane openai needs a concurrency of 1 or more");
    assertThatThrownBy(() ->
      bound(Map.of("lanes.openai.concurrency", "1", "lanes.openai.requests-per-minute", "0"))
    )
      .rootCause()
      .hasMessageContaining("lane openai needs requests-per-minute");
    assertThatThrownBy(() ->
      bound(Map.of("lanes.openai.concurrency", "1", "lanes.openai.tokens-per-minute", "-5"))
    )
      .rootCause()
      .hasMessageContaining("lane openai needs tokens-per-minute");
  }

  @Test
  void shouldOfferAModelThatHasOnlyALaneOfItsOwn() {
    KnownModels models = new KnownModels(ModelCatalogue.bundled(), Set.of("openai:gpt-5-mini"));

    assertThat(models.all())
      .extracting(ModelCatalogue.Model::model)
      .containsExactly(ModelId.parse("openai:gpt-5-mini"));
    assertThat(models.find("openai:gpt-5")).isEmpty();
    assertThat(models.find("openai:gpt-5-mini")).isPresent();
  }

  static OrchestratorSettings bound(Map<String, String> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("s.bootstrap-servers", "localhost:1");
    properties.put("s.instance", "test");
    properties.put("s.replication-factor", "1");
    properties.put("s.state-dir", "state");
    properties.put("s.application-id", "test");
    properties.put("s.threads", "1");
    more.forEach((key, value) -> properties.put("s." + key, value));
    return new Binder(new MapConfigurationPropertySource(properties))
      .bind("s", OrchestratorSettings.class)
      .get();
  }
}
