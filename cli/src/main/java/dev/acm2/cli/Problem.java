package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// An answer of the service that is not what was asked for (RFC 9457).
record Problem(
  @Nullable String type,
  @Nullable String title,
  @Nullable String detail,
  @Nullable String field
) {
  private static final String PREFIX = "urn:acm2:problem:";
  private static final int EXCERPT = 200;

  /// The failure that a command ends with, whatever the body is.
  static CliFailure failure(int status, String body) {
    return new CliFailure(exitCode(status), parse(body).line(status));
  }

  private static Problem parse(String body) {
    try {
      Problem problem = ContractJson.VIEWS.readValue(body, Problem.class);
      if (problem != null) {
        return problem;
      }
    } catch (JacksonException e) {
      return new Problem(
        null,
        "not a problem report",
        Format.cut(Format.line(body), EXCERPT),
        null
      );
    }
    return new Problem(null, "no reason given", null, null);
  }

  private String line(int status) {
    StringBuilder line = new StringBuilder();
    if (field != null) {
      line.append(field).append(": ");
    }
    line.append(detail != null ? detail : title != null ? title : "no reason given");
    line
      .append(" (")
      .append(slug() == null ? "" : slug() + ", ")
      .append("HTTP ")
      .append(status);
    return line.append(')').toString();
  }

  private @Nullable String slug() {
    return type != null && type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : null;
  }

  private static int exitCode(int status) {
    if (status == 401 || status == 403) {
      return ExitCode.NO_PERMISSION;
    }
    if (status == 429 || (status > 500 && status < 600)) {
      return ExitCode.UNAVAILABLE;
    }
    return status == 500 ? ExitCode.SOFTWARE : ExitCode.DATA;
  }
}
