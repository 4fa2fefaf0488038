package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Presets over HTTP, in a database in which nobody has made their table.
class PresetIT {

  private static final String PRESETS = "/api/v1/presets";
  private static final String ONE = PRESETS + "/one";
  private static final String SUBMISSION =
    "{\"name\":\"n\",\"limits\":{\"callDeadline\":\"PT10M\",\"maxCostUsd\":5.25}}";
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    assertThat(fixture.get(PRESETS).body()).isEqualTo("{\"items\":[]}");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void forget() throws Exception {
    fixture.projector.execute("DELETE FROM preset.preset");
  }

  @Test
  void shouldKeepASubmissionAsItIs() throws Exception {
    // when
    HttpResponse<String> saved = save("one", "null", SUBMISSION);

    // then
    assertThat(saved.statusCode()).isEqualTo(201);
    assertThat(json(saved).get("name").asString()).isEqualTo("one");
    assertThat(json(saved).get("version").asInt()).isEqualTo(1);
    assertThat(json(saved).get("submission").toString()).isEqualTo(SUBMISSION);
    assertThat(fixture.get(ONE).body()).isEqualTo(saved.body());
  }

  @Test
  void shouldKeepEveryVersion() throws Exception {
    // when
    save("one", "null", "{\"name\":\"first\"}");
    save("one", "1", "{\"name\":\"second\"}");
    HttpResponse<String> third = save("one", "2", "{}");
    save("Another one: 50 % / more", "null", "{\"name\":\"other\"}");

    // then
    assertThat(json(third).get("version").asInt()).isEqualTo(3);
    assertThat(items(ONE + "/versions"))
      .extracting(each -> each.get("version").asInt() + " " + each.at("/submission/name"))
      .containsExactly("3 ", "2 \"second\"", "1 \"first\"");
    assertThat(items(PRESETS))
      .extracting(each -> each.get("name").asString() + " " + each.get("version").asInt())
      .containsExactly("Another one: 50 % / more 1", "one 3");
  }

  @Test
  void shouldRefuseWhatIsNotBasedOnTheLatestVersion() throws Exception {
    assertProblem(save("one", "1", "{}"), 409, "preset-changed");
    save("one", "null", "{}");
    assertProblem(save("one", "null", "{}"), 409, "preset-changed");
    assertProblem(save("one", "0", "{}"), 409, "preset-changed");
    assertProblem(save("one", "2", "{}"), 409, "preset-changed");
    save("one", "1", "{}");
    assertProblem(save("one", "1", "{}"), 409, "preset-changed");

    assertThat(items(ONE + "/versions")).hasSize(2);
  }

  @Test
  void shouldLetOneOfManyChangesThrough() throws Exception {
    // given
    save("one", "null", "{}");

    // when
    List<Callable<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      changes.add(() -> save("one", "1", "{}").statusCode());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> change : threads.invokeAll(changes)) {
        statuses.add(change.get());
      }
    }

    // then
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    assertThat(items(ONE + "/versions")).hasSize(2);
  }

  @Test
  void shouldDeleteAllVersions() throws Exception {
    // given
    save("one", "null", "{}");
    save("one", "1", "{}");

    // when
    HttpResponse<String> deleted = delete(ONE);

    // then
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertProblem(fixture.get(ONE), 404, "preset-not-found");
    assertProblem(fixture.get(ONE + "/versions"), 404, "preset-not-found");
    assertProblem(delete(ONE), 404, "preset-not-found");
    assertThat(
      json(save("one", "null", "{}"))
        .get("version")
        .asInt()
    ).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "{\"nonsense\":1}",
      "{\"documents\":{}}",
      "{\"limits\":{\"maxPaidCalls\":\"many\"}}",
      "{\"limits\":{\"callDeadline\":\"soon\"}}",
      "7",
    }
  )
  void shouldRefuseWhatIsNoSubmission(String submission) throws Exception {
    HttpResponse<String> answer = save("one", "null", submission);

    assertProblem(answer, 422, "validation");
    assertThat(json(answer).get("field").asString()).startsWith("submission");
  }

  @Test
  void shouldRefuseWhatIsNoRequest() throws Exception {
    HttpResponse<String> missing = put("one", "{\"basedOn\":null}");
    assertProblem(missing, 422, "validation");
    assertThat(json(missing).get("field").asString()).isEqualTo("submission");
    assertProblem(put("one", "{nonsense"), 400, "malformed-json");
    assertProblem(put("one", ""), 400, "malformed-json");
  }

  @Test
  void shouldRefuseNamesThatNobodyCanRead() throws Exception {
    assertProblem(save("a".repeat(101), "null", "{}"), 422, "validation");
    assertProblem(save("a\nb", "null", "{}"), 422, "validation");
    assertProblem(save("a\u0000b", "null", "{}"), 422, "validation");
    assertProblem(save("  ", "null", "{}"), 422, "validation");
    assertThat(save("\uD83D\uDE00".repeat(100), "null", "{}").statusCode()).isEqualTo(201);
  }

  private static HttpResponse<String> save(String name, String basedOn, String submission)
    throws Exception {
    return put(name, "{\"basedOn\":" + basedOn + ",\"submission\":" + submission + "}");
  }

  private static HttpResponse<String> put(String name, String body) throws Exception {
    String address = PRESETS + "/" + encoded(name);
    return fixture.send(
      HttpRequest.newBuilder(fixture.at(address))
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString(body))
    );
  }

  private static HttpResponse<String> delete(String address) throws Exception {
    return fixture.send(HttpRequest.newBuilder(fixture.at(address)).DELETE());
  }

  private static JsonNode items(String address) throws Exception {
    return json(fixture.get(address)).get("items");
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8).replace(
      "+",
      "%20"
    );
  }
}
