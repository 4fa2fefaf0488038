package dev.acm2.worker.call;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Provider;
import java.util.Map;
import java.util.Optional;

/// Finds out whether a call can be sent at all, before anything is sent.
final class Preparation {

  private final Map<String, Provider> providers;
  private final ModelCatalogue catalogue;
  private final Briefings briefings;

  Preparation(Map<String, Provider> providers, ModelCatalogue catalogue, Briefings briefings) {
    this.providers = providers;
    this.catalogue = catalogue;
    this.briefings = briefings;
  }

  sealed interface Prepared {
    record Ready(Ask ask) implements Prepared {}

    record Refused(FailureKind kind, String message) implements Prepared {}
  }

  Prepared prepare(WorkItem item) {
    Provider provider = providers.get(item.model().provider());
    if (provider == null) {
      return refused("provider " + item.model().provider() + " is not configured on this worker");
    }
    Optional<Model> price = catalogue.find(item.model());
    if (price.isEmpty()) {
      return refused("the price of " + item.model() + " is unknown, so it is not asked");
    }
    Optional<Prepared> noKey = provider
      .keyProblem()
      .map(problem -> new Prepared.Refused(FailureKind.AUTH, problem));
    return noKey
      .or(() -> inVain(item, provider))
      .orElseGet(() -> ready(item, provider, price.get()));
  }

  private static Optional<Prepared> inVain(WorkItem item, Provider provider) {
    return provider.problem(item.model().model(), item.options()).map(Preparation::refused);
  }

  private Prepared ready(WorkItem item, Provider provider, Model price) {
    try {
      return new Prepared.Ready(Ask.first(item, provider, price, briefings.of(item)));
    } catch (ArtifactTexts.UnreadableException e) {
      return new Prepared.Refused(FailureKind.INTERNAL, e.detail());
    }
  }

  private static Prepared refused(String message) {
    return new Prepared.Refused(FailureKind.BAD_REQUEST, message);
  }
}
