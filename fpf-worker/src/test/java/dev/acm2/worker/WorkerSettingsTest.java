package dev.acm2.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.worker.provider.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class WorkerSettingsTest {

  private static final String KEY = "canary-key-0123456789";

  @Test
  void shouldKnowTheTwoProvidersByDefault() {
    WorkerSettings settings = settings(Map.of());
    assertThat(settings.slots()).isEqualTo(64);
    assertThat(settings.drainTimeout()).hasSeconds(20);
    Map<String, Provider> providers = settings.configuredProviders();
    assertThat(providers.get("openai"))
      .isNotNull()
      .satisfies(openai -> {
        assertThat(openai.endpoint()).hasToString("https://api.openai.com/v1/responses");
        assertThat(openai.keyProblem()).isPresent();
      });
    assertThat(providers.get("openai-compatible"))
      .isNotNull()
      .satisfies(local -> {
        assertThat(local.endpoint()).hasToString("http://127.0.0.1:11434/v1/chat/completions");
        assertThat(local.keyProblem()).isEmpty();
      });
  }

  @Test
  void shouldTakeTheKeyFromTheEnvironmentAndNeverShowIt() {
    WorkerSettings settings = settings(Map.of("OPENAI_API_KEY", KEY));
    Provider openai = Objects.requireNonNull(settings.configuredProviders().get("openai"));
    assertThat(openai.keyProblem()).isEmpty();
    assertThat(settings.toString()).contains("***").doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "https://api.openai.com/v1",
      "https://api.openai.com/v1/",
      "ftp://host",
      "host:80",
      "/path",
      "https://user:word@host",
      "https://host/?key=1",
    }
  )
  void shouldRefuseBaseUrlsThatCannotBeMeant(String url) {
    WorkerSettings settings = settings(Map.of("OPENAI_BASE_URL", url));
    assertThatThrownBy(settings::configuredProviders)
      .isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("acm2.worker.providers.openai.base-url")
      .hasMessageNotContaining("user:word");
  }

  private static WorkerSettings settings(Map<String, Object> overrides) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
      .getPropertySources()
      .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    environment.getPropertySources().addFirst(new MapPropertySource("overrides", overrides));
    try {
      new YamlPropertySourceLoader()
        .load("worker", new ClassPathResource("fpf-worker/application.yaml"))
        .forEach(environment.getPropertySources()::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Binder.get(environment).bind("acm2.worker", WorkerSettings.class).get();
  }
}
