package dev.acm2.worker.call;

import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.ProviderRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that the next attempt of a call sends.
///
/// @param price of the model
/// @param askedAgain whether an answer of this call could not be used already
/// @param problem of the last answer that could not be used, as the model is told it; null for none
record Ask(
  WorkItem item,
  Provider provider,
  Model price,
  Briefing briefing,
  boolean askedAgain,
  @Nullable String problem
) {
  static Ask first(WorkItem item, Provider provider, Model price, Briefing briefing) {
    return new Ask(item, provider, price, briefing, false, null);
  }

  /// The same question after an answer that could not be used.
  ///
  /// @param found what the model can mend, null when it is nothing of the kind
  Ask again(@Nullable String found) {
    return new Ask(item, provider, price, briefing, true, found == null ? problem : found);
  }

  byte[] body() {
    return provider.body(
      item.model().model(),
      briefing.prompt() + reminder(),
      item.options(),
      briefing.purpose().schema()
    );
  }

  private String reminder() {
    return problem == null
      ? ""
      : "\n\nYour last answer could not be used: " +
          problem +
          ". Answer the whole question again, in the demanded form.\n";
  }

  /// @param body as [#body] made it
  ProviderRequest request(int attempt, byte[] body, Consumer<String> lines) {
    String requestId = item.callId() + "-" + item.epoch() + "-" + attempt;
    return provider.request(item.model().model(), body, requestId, lines);
  }
}
