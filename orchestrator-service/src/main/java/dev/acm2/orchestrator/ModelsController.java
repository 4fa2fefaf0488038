package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.ModelId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ModelsController {

  private final KnownModels models;

  ModelsController(KnownModels models) {
    this.models = models;
  }

  private record Offer(
    ModelId model,
    String provider,
    BigDecimal inputUsdPerMillion,
    BigDecimal outputUsdPerMillion,
    int maxOutputTokens,
    @Nullable BigDecimal searchUsdPerThousand
  ) {
    static Offer of(Model model) {
      return new Offer(
        model.model(),
        model.model().provider(),
        model.inputUsdPerMillion(),
        model.outputUsdPerMillion(),
        model.maxOutputTokens(),
        model.searchUsdPerThousand()
      );
    }
  }

  private record Source(LocalDate asOf, String source) {}

  private record Offers(Source catalogue, List<Offer> models) {}

  /// The models that a run may ask for, and where their prices are from. One that is named `*` stands for any other of its provider.
  @GetMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> get() {
    ModelCatalogue catalogue = models.catalogue();
    Offers offers = new Offers(
      new Source(catalogue.asOf(), catalogue.source()),
      models.all().stream().map(Offer::of).toList()
    );
    return ResponseEntity.ok()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(offers));
  }
}
