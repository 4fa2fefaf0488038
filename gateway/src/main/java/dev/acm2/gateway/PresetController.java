package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunSubmission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Submissions that are kept under a name. Answers leave out what a submission leaves out.
@RestController
@RequestMapping("/api/v1/presets")
final class PresetController {

  private static final int LONGEST_NAME = 100;

  private final PresetStore presets;
  private final InstantSource clock;

  PresetController(PresetStore presets, InstantSource clock) {
    this.presets = presets;
    this.clock = clock;
  }

  @Operation(operationId = "listPresets", summary = "The latest version of every preset, by name")
  @PresetListAnswer
  @GetMapping
  ResponseEntity<byte[]> list() {
    return answer(HttpStatus.OK, new PresetList(presets.all()));
  }

  @Operation(operationId = "getPreset", summary = "The latest version of a preset")
  @ApiResponse(
    responseCode = "200",
    description = "OK",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = Preset.class)
    )
  )
  @GetMapping("/{name}")
  ResponseEntity<byte[]> get(@PathVariable String name) {
    return answer(
      HttpStatus.OK,
      presets.latest(checked(name)).orElseThrow(ProblemException::presetNotFound)
    );
  }

  @Operation(operationId = "listPresetVersions", summary = "All versions of a preset, newest first")
  @PresetListAnswer
  @GetMapping("/{name}/versions")
  ResponseEntity<byte[]> versions(@PathVariable String name) {
    List<Preset> versions = presets.versions(checked(name));
    if (versions.isEmpty()) {
      throw ProblemException.presetNotFound();
    }
    return answer(HttpStatus.OK, new PresetList(versions));
  }

  @Operation(
    operationId = "savePreset",
    summary = "Saves the next version of a preset, when nobody else has done so in between",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = PresetChange.class)
      )
    )
  )
  @ApiResponse(
    responseCode = "201",
    description = "Saved",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = Preset.class)
    )
  )
  @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> save(
    @PathVariable String name,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    String checked = checked(name);
    PresetChange change = Bodies.readShape(body, PresetChange.class);
    RunSubmission submission = change.submission();
    if (submission == null) {
      throw ProblemException.invalidField("submission", "is required");
    }
    return answer(
      HttpStatus.CREATED,
      presets.save(
        checked,
        change.basedOn(),
        submission,
        clock.instant().truncatedTo(ChronoUnit.MILLIS)
      )
    );
  }

  @Operation(operationId = "deletePreset", summary = "Deletes a preset with all of its versions")
  @ApiResponse(responseCode = "204", description = "Deleted", content = @Content)
  @DeleteMapping("/{name}")
  ResponseEntity<Void> delete(@PathVariable String name) {
    if (!presets.delete(checked(name))) {
      throw ProblemException.presetNotFound();
    }
    return ResponseEntity.noContent().build();
  }

  private static String checked(String name) {
    boolean fits = !name.isBlank() && name.codePointCount(0, name.length()) <= LONGEST_NAME;
    if (!fits || name.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalidField(
        "name",
        "a name has 1 to " + LONGEST_NAME + " characters, none of them a control character"
      );
    }
    return name;
  }

  private static ResponseEntity<byte[]> answer(HttpStatusCode status, Record body) {
    return ResponseEntity.status(status)
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.EVENTS.writeValueAsBytes(body));
  }
}
