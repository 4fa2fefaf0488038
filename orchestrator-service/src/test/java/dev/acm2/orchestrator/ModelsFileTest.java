package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

class ModelsFileTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void shouldAddItsModelsAndPutItsPricesInPlaceOfOthers() throws IOException {
    Path file = file(
      """
      {"asOf":"2026-11-01","source":"our contract","models":[
       {"model":"openai:gpt-5","inputUsdPerMillion":1,"cachedInputUsdPerMillion":0.1,
        "outputUsdPerMillion":7,"maxOutputTokens":1000},
       {"model":"openai:ours","inputUsdPerMillion":2,"cachedInputUsdPerMillion":2,
        "outputUsdPerMillion":3,"maxOutputTokens":2000,"searchUsdPerThousand":4}]}"""
    );

    KnownModels models = new OrchestratorConfiguration().knownModels(settings(file));

    assertThat(models.find("openai:gpt-5")).hasValueSatisfying(model ->
      assertThat(model.outputUsdPerMillion()).isEqualTo(new BigDecimal(7))
    );
    assertThat(models.find("openai:ours")).isPresent();
    assertThat(models.find("openai:gpt-5-mini")).as("of the build").isPresent();
    assertThat(models.catalogue().source()).contains("our contract");
  }

  @Test
  void shouldOfferTheModelsOfTheBuildWithoutIt() {
    assertThat(
      new OrchestratorConfiguration().knownModels(LaneSettingsTest.bound(Map.of())).catalogue()
    ).isEqualTo(dev.acm2.contract.ModelCatalogue.bundled());
  }

  @Test
  void shouldSayInOneLineWhyTheServiceDoesNotStart() throws IOException {
    Path file = file("{\"asOf\":\"2026-11-01\",\"source\":\"ours\",\"models\":[{}]}");

    assertThatThrownBy(() -> new OrchestratorConfiguration().knownModels(settings(file)))
      .isInstanceOf(UnreadableModels.class)
      .hasMessageContaining(file.toString());
    @Nullable
    FailureAnalysis analysis = new UnreadableModels.Analyzer().analyze(
      new IllegalStateException(
        "the context",
        new UnreadableModels(new IllegalArgumentException("no model catalogue: " + file))
      )
    );
    assertThat(java.util.Objects.requireNonNull(analysis).getDescription()).isEqualTo(
      "no model catalogue: " + file
    );
    assertThat(analysis.getAction()).contains("acm2.orchestrator.models-file");
  }

  @Test
  void shouldNotStartWithoutAFileThatIsNamed() {
    OrchestratorSettings settings = settings(folder.resolve("none.json"));

    assertThatThrownBy(() -> new OrchestratorConfiguration().knownModels(settings))
      .isInstanceOf(UnreadableModels.class)
      .hasMessageContaining("none.json");
  }

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("models.json"), json);
  }

  private static OrchestratorSettings settings(Path file) {
    return LaneSettingsTest.bound(
      Map.of("models-file", file.toString(), "lanes.openai.concurrency", "1")
    );
  }
}
