package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.worker.provider.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what had arrived of an answer that is broken off by somebody else than its call. A store
/// that does not answer is not waited for.
final class Remains {

  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(2);

  private final CallFiles files;

  Remains(ArtifactStore artifacts) {
    this.files = new CallFiles(artifacts);
  }

  /// What could be stored of the answer.
  ///
  /// @param note for the message, empty when nothing was lost
  record Kept(Progress progress, String note) {}

  /// @param so what the call had come to when it was claimed
  Kept keep(InFlightCall call, Progress so) {
    boolean stored = so
      .artifacts()
      .stream()
      .anyMatch(each -> each.role() == Role.RESPONSE);
    boolean betweenAttempts = so.artifacts().isEmpty();
    if (call.isSettling() && !stored && !betweenAttempts) {
      // Its own thread waits for the store already, for too long.
      return new Kept(so, "; what had arrived could not be stored");
    }
    if (stored || betweenAttempts) {
      return new Kept(so, "");
    }
    try {
      return CompletableFuture.supplyAsync(() -> store(call, so), Thread::startVirtualThread)
        .get(STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(response -> new Kept(so.with(response), ""))
        .orElse(new Kept(so, ""));
    } catch (TimeoutException | ExecutionException e) {
      LOG.error("what call {} had got could not be stored", call.item().callId(), e);
      return new Kept(so, "; what had arrived could not be stored");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Kept(so, "; what had arrived was not stored");
    }
  }

  private Optional<CallArtifact> store(InFlightCall call, Progress so) {
    return call
      .exchange()
      .map(Exchange::arrived)
      .flatMap(arrived -> files.response(call.item(), so.attempt(), arrived));
  }
}
