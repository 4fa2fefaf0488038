package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.ModelId;
import java.math.BigDecimal;
import java.util.List;
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
    int maxOutputTokens
  ) {
    static Offer of(Model model) {
      return new Offer(
        model.model(),
        model.model().provider(),
        model.inputUsdPerMillion(),
        model.outputUsdPerMillion(),
        model.maxOutputTokens()
      );
    }
  }

  private record Offers(List<Offer> models) {}

  /// The models that a run may ask for. One that is named `*` stands for any other of its provider.
  @GetMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> get() {
    Offers offers = new Offers(models.all().stream().map(Offer::of).toList());
    return ResponseEntity.ok()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(offers));
  }
}
