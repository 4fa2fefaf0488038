package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of the pages go compressed to whoever takes that; a live stream never does.
class CompressionIT {

  private static final Path PAGES = Path.of("target/test-classes/META-INF/resources");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static GatewayFixture fixture;

  /// The build of the pages leaves a compressed file beside each: so it is here.
  @BeforeAll
  static void start() throws Exception {
    for (String file : List.of("index.html", "assets/gateway-test.js")) {
      try (
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(PAGES.resolve(file + ".gz")))
      ) {
        Files.copy(PAGES.resolve(file), out);
      }
    }
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() throws IOException {
    fixture.close();
    HTTP.close();
    for (String file : List.of("index.html", "assets/gateway-test.js")) {
      Files.delete(PAGES.resolve(file + ".gz"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = { "/", "/index.html", "/runs", "/assets/gateway-test.js" })
  void shouldServeTheSameFileCompressedAndPlain(String path) throws Exception {
    // when
    HttpResponse<byte[]> packed = get(path, "gzip, deflate, br", null);
    HttpResponse<byte[]> plain = get(path, null, null);

    // then
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(unpacked(packed.body())).isEqualTo(plain.body()).isNotEmpty();
    for (String same : List.of("Content-Type", "Cache-Control", "Vary")) {
      assertThat(packed.headers().allValues(same)).isEqualTo(plain.headers().allValues(same));
    }
    assertThat(plain.headers().allValues("Vary")).containsExactly("Accept-Encoding");
    assertThat(packed.headers().firstValue("Content-Type").orElseThrow()).startsWith(
      path.endsWith(".js") ? "text/javascript" : "text/html"
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "/", "/assets/gateway-test.js" })
  void shouldNotSendAgainWhatHasNotChanged(String path) throws Exception {
    for (String encoding : new @Nullable String[] { "gzip", null }) {
      // given
      String told = get(path, encoding, null).headers().firstValue("Last-Modified").orElseThrow();

      // when
      HttpResponse<byte[]> again = get(path, encoding, told);
      HttpResponse<byte[]> changed = get(path, encoding, "Thu, 01 Jan 1998 00:00:00 GMT");

      // then
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(changed.body()).isNotEmpty();
    }
  }

  @Test
  void shouldNotCompressAnswersOfTheApi() throws Exception {
    assertThat(
      get("/api/v1/runs", "gzip", null).headers().firstValue("Content-Encoding")
    ).isEmpty();
  }

  /// A compressor would hold the first frame back until there is enough to compress, which never comes.
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void shouldNotHoldBackFramesOfALiveStream() throws Exception {
    // given
    RunId run = Facts.runId(2400);
    Story story = new Story(run, 1);
    fixture.projector.publishAndWrite(story.log());

    // when
    HttpResponse<InputStream> stream = HTTP.send(
      request("/api/v1/runs/" + run + "/events", "gzip, deflate, br")
        .header("Accept", "text/event-stream")
        .build(),
      HttpResponse.BodyHandlers.ofInputStream()
    );

    // then
    assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
    try (
      BufferedReader lines = new BufferedReader(
        new InputStreamReader(stream.body(), StandardCharsets.UTF_8)
      )
    ) {
      readTo(lines, "event:snapshot");
      for (RecordedEvent event : story.started(1, 1).log().subList(2, 4)) {
        fixture.projector.publish(event);
      }
      readTo(lines, "event:delta");
    }
  }

  private static void readTo(BufferedReader lines, String wanted) throws IOException {
    String line;
    do {
      line = lines.readLine();
      assertThat(line)
        .as("the stream goes on until " + wanted)
        .isNotNull();
    } while (!line.replace(" ", "").equals(wanted));
  }

  private static HttpResponse<byte[]> get(
    String path,
    @Nullable String encoding,
    @Nullable String modifiedSince
  ) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, encoding);
    if (modifiedSince != null) {
      request.header("If-Modified-Since", modifiedSince);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String path, @Nullable String encoding) {
    HttpRequest.Builder request = HttpRequest.newBuilder(fixture.at(path));
    return encoding == null ? request : request.header("Accept-Encoding", encoding);
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
