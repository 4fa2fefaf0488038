package dev.acm2.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Answers that browsers save instead of showing them.
final class Attachment {

  private Attachment() {}

  /// @param name made of ids and fixed words alone: nothing that people wrote is in a header
  static ResponseEntity.BodyBuilder of(MediaType type, String name) {
    return ResponseEntity.ok()
      .contentType(type)
      .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
  }
}
