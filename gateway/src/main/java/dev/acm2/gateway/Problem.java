package dev.acm2.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// An error as RFC 9457 has it.
///
/// @param type `urn:acm2:problem:<slug>`
/// @param field what is to blame, when it is one thing
public record Problem(
  String type,
  String title,
  int status,
  String detail,
  @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String field
) {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final String PREFIX = "urn:acm2:problem:";

  static Problem of(int status, String slug, String detail, @Nullable String field) {
    String words = slug.replace('-', ' ');
    String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
    return new Problem(PREFIX + slug, title, status, detail, field);
  }
}
