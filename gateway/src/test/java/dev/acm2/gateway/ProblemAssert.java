package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/// Answers that are problems.
final class ProblemAssert {

  private ProblemAssert() {}

  static void assertProblem(HttpResponse<String> response, int status, String slug) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(
      "application/problem+json"
    );
    assertThat(json(response).get("type").asString()).isEqualTo("urn:acm2:problem:" + slug);
  }
}
