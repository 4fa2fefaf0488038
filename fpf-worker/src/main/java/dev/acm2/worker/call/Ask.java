package dev.acm2.worker.call;

import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.ProviderRequest;

/// All that the attempts of a call have in common.
///
/// @param price of the model
/// @param body of every request
record Ask(WorkItem item, Provider provider, Model price, byte[] body) {
  ProviderRequest request(int attempt) {
    String requestId = item.callId() + "-" + item.epoch() + "-" + attempt;
    return provider.request(item.model().model(), body, requestId);
  }
}
