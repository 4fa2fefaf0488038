package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.testkit.Facts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pages, files and headers over HTTP.
class PagesIT {

  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldGiveArtifactsAsDownloads() throws Exception {
    // given
    byte[] content = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    ArtifactRef ref = new PostgresArtifactStore(fixture.dataSource).put(content, "text/html");

    // when
    HttpResponse<String> response = fixture.get("/api/v1/artifacts/" + ref.sha256());

    // then
    assertThat(response.body()).isEqualTo("<script>alert(1)</script>");
    assertThat(response.headers().firstValue("Content-Disposition").orElseThrow()).startsWith(
      "attachment"
    );
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void shouldSetSecurityHeadersOnEveryAnswer() throws Exception {
    for (String path : List.of("/api/v1/runs", "/api/v1/nothing", "/actuator/health", "/")) {
      var headers = fixture.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy")).hasValue(
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
      );
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
  }

  @Test
  void shouldServeThePageForEveryAddressOfTheUserInterface() throws Exception {
    for (String path : List.of("/", "/new", "/runs/" + Facts.runId(1), "/index.html")) {
      HttpResponse<String> page = fixture.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<html");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }
  }

  @Test
  void shouldServeHashedAssetsAsImmutable() throws Exception {
    assertThat(
      fixture.get("/assets/gateway-test.js").headers().firstValue("Cache-Control")
    ).hasValue("public, max-age=31536000, immutable");
    HttpResponse<String> missing = fixture.get("/assets/missing.js");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Cache-Control")).isEmpty();
  }
}
