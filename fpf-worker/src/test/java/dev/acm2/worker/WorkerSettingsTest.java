package dev.acm2.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class WorkerSettingsTest {

  private static final String KEY = "canary-key-0123456789";

  @Test
  void shouldKnowOpenAiAndALocalServerByDefault() {
    WorkerSettings settings = settings(Map.of());
    assertThat(settings.slots()).isEqualTo(64);
    assertThat(settings.drainTimeout()).hasSeconds(20);
    Map<String, Provider> providers = settings.configuredProviders();
    assertThat(providers.get("openai"))
      .isNotNull()
      .satisfies(openai -> {
        assertThat(address(openai)).hasToString("https://api.openai.com/v1/responses");
        assertThat(openai.keyProblem()).isPresent();
      });
    assertThat(providers.get("openai-compatible"))
      .isNotNull()
      .satisfies(local -> {
        assertThat(address(local)).hasToString("http://127.0.0.1:11434/v1/chat/completions");
        assertThat(local.keyProblem()).isEmpty();
      });
  }

  @Test
  void shouldReadPricesOfTheUsersOwn(@TempDir Path folder) throws IOException {
    assertThat(settings(Map.of()).catalogue()).isEqualTo(ModelCatalogue.bundled());
    Path file = folder.resolve("models.json");
    Files.writeString(
      file,
      "{\"asOf\":\"2026-01-01\",\"source\":\"mine\",\"models\":[{\"model\":\"openai:gpt-5\"," +
        "\"inputUsdPerMillion\":7,\"cachedInputUsdPerMillion\":1,\"outputUsdPerMillion\":9," +
        "\"maxOutputTokens\":1000}]}"
    );
    ModelCatalogue own = settings(Map.of("MODELS_FILE", file.toString())).catalogue();
    assertThat(own.find(ModelId.parse("openai:gpt-5")))
      .map(ModelCatalogue.Model::inputUsdPerMillion)
      .contains(BigDecimal.valueOf(7));
    assertThat(own.find(ModelId.parse("openai:gpt-5-mini"))).isPresent();
    Files.writeString(file, "{}");
    assertThatThrownBy(
      settings(Map.of("MODELS_FILE", file.toString()))::catalogue
    ).hasMessageContaining("models.json");
  }

  @ParameterizedTest
  @CsvSource({
    "google, GOOGLE_API_KEY, https://generativelanguage.googleapis.com/v1beta/models",
    "anthropic, ANTHROPIC_API_KEY, https://api.anthropic.com/v1/messages",
    "openrouter, OPENROUTER_API_KEY, https://openrouter.ai/api/v1/chat/completions",
  })
  void shouldKnowTheOtherProvidersByDefault(String name, String variable, String resource) {
    Provider without = provider(settings(Map.of()), name);
    assertThat(address(without)).hasToString(resource);
    assertThat(without.keyProblem()).isPresent();
    assertThat(provider(settings(Map.of(variable, KEY)), name).keyProblem()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldRunAConfiguredProgram() {
    String prefix = "acm2.worker.providers.command.";
    WorkerSettings settings = settings(
      Map.of(
        prefix + "protocol",
        "COMMAND",
        prefix + "command[0]",
        "/opt/fpf/fpf",
        prefix + "command[1]",
        "--stdin",
        prefix + "key-variable",
        "OPENAI_API_KEY",
        prefix + "key-required",
        "false"
      )
    );
    assertThat(provider(settings, "command").target()).isInstanceOfSatisfying(
      Target.Program.class,
      program -> {
        assertThat(program.command()).containsExactly("/opt/fpf/fpf", "--stdin");
        assertThat(program.keyVariable()).isEqualTo("OPENAI_API_KEY");
      }
    );
  }

  @ParameterizedTest
  @CsvSource({ "protocol, COMMAND, command is missing", "protocol, GEMINI, base-url is missing" })
  void shouldSayWhatAProviderLacks(String property, String value, String problem) {
    WorkerSettings settings = settings(
      Map.of(
        "acm2.worker.providers.x." + property,
        value,
        "acm2.worker.providers.x.key-required",
        "false"
      )
    );
    assertThatThrownBy(settings::configuredProviders)
      .isInstanceOf(IllegalArgumentException.class)
      .hasMessage("acm2.worker.providers.x." + problem);
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
      "https://generativelanguage.googleapis.com/v1beta",
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

  @Test
  void shouldReachProvidersWhoseKeyIsThereOrThatNeedNone() {
    assertThat(settings(Map.of()).reachableProviders()).containsExactly("openai-compatible");
    assertThat(
      settings(
        Map.of("OPENAI_API_KEY", KEY, "ANTHROPIC_API_KEY", KEY, "GOOGLE_API_KEY", "ключ")
      ).reachableProviders()
    ).containsExactly("anthropic", "openai", "openai-compatible");
  }

  private static Provider provider(WorkerSettings settings, String name) {
    return Objects.requireNonNull(settings.configuredProviders().get(name));
  }

  private static URI address(Provider provider) {
    return ((Target.Http) provider.target()).resource();
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
