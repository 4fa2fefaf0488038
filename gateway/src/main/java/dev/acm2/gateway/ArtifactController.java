package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.ArtifactRef;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Documents, requests, responses: by their digests, never by names that people gave them.
@RestController
@RequestMapping("/api/v1/artifacts")
final class ArtifactController {

  private final ArtifactStore artifacts;
  private final Orchestrator orchestrator;

  ArtifactController(ArtifactStore artifacts, Orchestrator orchestrator) {
    this.artifacts = artifacts;
    this.orchestrator = orchestrator;
  }

  @Operation(operationId = "getArtifact", summary = "A stored content, for download only")
  @ApiResponse(
    responseCode = "200",
    description = "The bytes",
    content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary"))
  )
  @GetMapping("/{sha256}")
  ResponseEntity<byte[]> get(@PathVariable String sha256) {
    Artifact found = artifacts
      .find(Ids.sha256(sha256))
      .orElseThrow(ProblemException::artifactNotFound);
    return ResponseEntity.ok()
      .header(HttpHeaders.CONTENT_TYPE, found.ref().mediaType())
      .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + sha256 + "\"")
      .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable")
      .body(found.content());
  }

  @Operation(
    operationId = "putArtifact",
    summary = "Stores a content",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary"))
    )
  )
  @ApiResponse(
    responseCode = "201",
    description = "Stored",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = ArtifactRef.class)
    )
  )
  @PostMapping
  ResponseEntity<byte[]> put(
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    return orchestrator.forward(HttpMethod.POST, "/api/v1/artifacts", headers, body);
  }
}
