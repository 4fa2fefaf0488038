package dev.acm2.orchestrator;

import org.jspecify.annotations.Nullable;

/// A request that cannot be served, and why: the one exception that is answered with a problem.
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String slug;
  private final @Nullable String field;

  private Problem(
    int status,
    String slug,
    @Nullable String field,
    String detail,
    @Nullable Throwable cause
  ) {
    super(detail, cause);
    this.status = status;
    this.slug = slug;
    this.field = field;
  }

  static Problem badRequest(String slug, String detail) {
    return new Problem(400, slug, null, detail, null);
  }

  static Problem badField(String slug, String field, String detail) {
    return new Problem(400, slug, field, detail, null);
  }

  static Problem notFound(String slug, String detail) {
    return new Problem(404, slug, null, detail, null);
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "too-large", null, detail, null);
  }

  static Problem invalid(String slug, String field, String detail) {
    return new Problem(422, slug, field, detail, null);
  }

  static Problem unprocessable(String slug, String detail) {
    return new Problem(422, slug, null, detail, null);
  }

  static Problem unavailable(String slug, String detail, Throwable cause) {
    return new Problem(503, slug, null, detail, cause);
  }

  /// A refusal of the web server itself.
  static Problem refused(int status, String slug, String detail, Throwable cause) {
    return new Problem(status, slug, null, detail, cause);
  }

  int status() {
    return status;
  }

  /// The last part of the problem's type.
  String slug() {
    return slug;
  }

  /// The path of the field that is to blame, when one is.
  @Nullable
  String field() {
    return field;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
