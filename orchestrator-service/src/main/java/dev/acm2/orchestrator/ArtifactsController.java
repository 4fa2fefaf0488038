package dev.acm2.orchestrator;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ArtifactsController {

  private final ArtifactStore store;

  ArtifactsController(ArtifactStore store) {
    this.store = store;
  }

  /// Keeps the body as it is, and its media type. The same body always has the same ref.
  @PostMapping(path = "/api/v1/artifacts", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> post(
    @RequestBody(required = false) byte @Nullable [] body,
    @RequestHeader(name = "Content-Type", required = false) @Nullable MediaType type
  ) {
    if (body == null || body.length == 0) {
      throw Problem.badRequest("empty-body", "the body is empty; a content is expected");
    }
    MediaType kept = type == null ? MediaType.APPLICATION_OCTET_STREAM : type;
    ArtifactRef ref = store.put(body, kept.toString());
    return ResponseEntity.created(URI.create("/api/v1/artifacts/" + ref.sha256()))
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(ref));
  }
}
