package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files of a run of 10,000 calls. Each is far larger than all that sockets and the gateway hold on the
/// way: what is written into the last rows while the reader has only begun is in the file, so those rows
/// had not been read before somebody took what stands in front of them.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LargeExportIT {

  private static final RunId RUN = Facts.runId(2300);
  private static final int ROWS = 10_000;
  private static final int BYTES_A_ROW = 4_000;
  private static final String LATE = "told while the file was being read";
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    Story story = new Story(RUN, 1).started(1, 1).failed(1, 1);
    fixture.projector.publishAndWrite(story.log());
    fixture.projector.writeEvent(story.log().getFirst(), 5, 0);
    fixture.projector.execute(
      """
      INSERT INTO projection.call (run_id, call_id, version, generation, state, phase, model, view)
      SELECT run_id, id, 1, 1, state, phase, model,
        replace(replace(view, call_id, id), '"broken"', '"' || repeat('x', %d) || '"')
      FROM projection.call, LATERAL (SELECT lpad(to_hex(n), 32, '0') AS id
        FROM generate_series(1, %d) n) ids WHERE run_id = '%s';
      INSERT INTO projection.run_event SELECT partition, n, run_id, call_id, type, event_id,
        occurred_at, appended_at, service, instance, build_id, '{"x":"' || repeat('x', %d) || '"}'
      FROM projection.run_event, generate_series(1, %d) n WHERE run_id = '%s'
      """.formatted(BYTES_A_ROW, ROWS, RUN, BYTES_A_ROW, ROWS, RUN)
    );
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldReadCallsNoFasterThanTheyAreTaken() throws Exception {
    assertReadsAsItIsTaken(
      "calls.csv",
      "UPDATE projection.call SET view = replace(view, repeat('x', 100), '" +
        LATE +
        "') WHERE call_id = (SELECT max(call_id) FROM projection.call WHERE call_id < '1')" +
        " AND run_id = '" +
        RUN +
        "'",
      2 + ROWS
    );
  }

  @Test
  void shouldReadEventsNoFasterThanTheyAreTaken() throws Exception {
    assertReadsAsItIsTaken(
      "events.jsonl",
      "UPDATE projection.run_event SET body = '{\"x\":\"" +
        LATE +
        "\"}' WHERE run_id = '" +
        RUN +
        "' AND log_offset = " +
        ROWS,
      1 + ROWS
    );
  }

  private static void assertReadsAsItIsTaken(String file, String change, int lines)
    throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
      fixture.at("/api/v1/runs/" + RUN + "/export/" + file)
    ).build();
    try (
      HttpClient http = HttpClient.newHttpClient();
      BufferedReader reader = new BufferedReader(
        new InputStreamReader(
          http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
          StandardCharsets.UTF_8
        )
      )
    ) {
      // given a reader that has begun
      assertThat(reader.readLine()).doesNotContain(LATE);

      // when
      fixture.projector.execute(change);

      // then
      int seen = 1;
      int late = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        seen++;
        late += line.contains(LATE) ? 1 : 0;
      }
      assertThat(seen).isEqualTo(lines);
      assertThat(late).isEqualTo(1);
    }
  }
}
