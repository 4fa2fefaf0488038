package dev.acm2.standalone.pipeline;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.projection.SourceView;
import dev.acm2.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client of the gateway sees.
final class Api {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Duration patience;
  private final HttpClient http = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1)
    .build();
  private final String url;

  Api(String url) {
    this(url, PATIENCE);
  }

  /// @param patience with a run that is awaited
  Api(String url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  /// One frame of the live stream.
  record Frame(String event, String id, JsonNode data) {}

  RunId submit(Object submission) {
    return submit(submission, null);
  }

  /// The id of the run, also when the key has already given it (200 instead of 201).
  RunId submit(Object submission, @Nullable String idempotencyKey) {
    HttpRequest.Builder request = builder("/api/v1/runs").POST(
      HttpRequest.BodyPublishers.ofString(ContractJson.VIEWS.writeValueAsString(submission))
    );
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    HttpResponse<String> answer = send(request.build());
    boolean accepted = answer.statusCode() == 201 || answer.statusCode() == 200;
    if (!accepted) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return RunId.parse(parsed(answer.body()).get("runId").asString());
  }

  /// The id of the new run.
  RunId reEvaluate(RunId runId, Object request) {
    HttpResponse<String> answer = send(
      request(
        "/api/v1/runs/" + runId + "/re-evaluate",
        "POST",
        ContractJson.VIEWS.writeValueAsString(request)
      )
    );
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return RunId.parse(parsed(answer.body()).get("runId").asString());
  }

  int cancel(RunId runId) {
    return post("/api/v1/runs/" + runId + "/cancel", "");
  }

  RunView run(RunId runId) {
    return ContractJson.VIEWS.readValue(get("/api/v1/runs/" + runId), RunView.class);
  }

  List<CallView> calls(RunId runId) {
    List<CallView> calls = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = parsed(get("/api/v1/runs/" + runId + "/calls?limit=1000" + cursor));
      page
        .get("items")
        .forEach(item -> calls.add(ContractJson.VIEWS.treeToValue(item, CallView.class)));
      JsonNode next = page.get("nextCursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    return calls;
  }

  JsonNode verify(RunId runId) {
    HttpResponse<String> answer = send(request("/api/v1/runs/" + runId + "/verify", "POST", ""));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return parsed(answer.body());
  }

  List<SourceView> sources(RunId runId) {
    return json("/api/v1/runs/" + runId + "/sources")
      .path("items")
      .valueStream()
      .map(item -> ContractJson.VIEWS.treeToValue(item, SourceView.class))
      .toList();
  }

  String document(RunId runId, String docId) {
    return get("/api/v1/runs/" + runId + "/documents/" + docId);
  }

  JsonNode json(String path) {
    return parsed(get(path));
  }

  /// The answer of 200 to a post.
  JsonNode answer(String path, Object body) {
    HttpResponse<String> answer = send(
      request(path, "POST", ContractJson.VIEWS.writeValueAsString(body))
    );
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return parsed(answer.body());
  }

  /// The status of the answer, like the two below.
  int post(String path, String body) {
    return send(request(path, "POST", body)).statusCode();
  }

  int put(String path, String body) {
    return send(request(path, "PUT", body)).statusCode();
  }

  int delete(String path) {
    return send(request(path, "DELETE", "")).statusCode();
  }

  String artifact(String sha256) {
    return get("/api/v1/artifacts/" + sha256);
  }

  RunView awaitFinished(RunId runId) {
    return await(runId, run -> run.status() == RunStatus.FINISHED);
  }

  RunView await(RunId runId, Predicate<RunView> condition) {
    return Await.value("run " + runId + " as expected", patience, () -> {
      try {
        return Optional.of(run(runId)).filter(condition);
      } catch (UncheckedIOException e) {
        return Optional.empty();
      }
    });
  }

  /// Reads the live stream until a frame is the last one wanted.
  List<Frame> frames(RunId runId, @Nullable String lastEventId, Predicate<Frame> last) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
      URI.create(url + "/api/v1/runs/" + runId + "/events")
    ).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    List<Frame> frames = new ArrayList<>();
    try (
      var body = http.send(request.build(), BodyHandlers.ofInputStream()).body();
      var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
    ) {
      do {
        frames.add(frameOfRun(lines));
      } while (!last.test(frames.getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return frames;
  }

  /// A pulse tells of the stream and not of the run.
  private static Frame frameOfRun(BufferedReader lines) throws IOException {
    Frame frame = frame(lines);
    while (frame.event().equals("pulse")) {
      frame = frame(lines);
    }
    return frame;
  }

  private static Frame frame(BufferedReader lines) throws IOException {
    String event = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith("event:")) {
        event = line.substring(6).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5));
      } else if (line.isEmpty() && !data.isEmpty()) {
        return new Frame(event, id, parsed(data.toString()));
      }
    }
    throw new IOException("the stream ended");
  }

  private HttpRequest request(String path, String method, String body) {
    return builder(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpRequest.Builder builder(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).header(
      "Content-Type",
      "application/json"
    );
  }

  private String get(String path) {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + path)).build());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode parsed(String text) {
    return ContractJson.VIEWS.readTree(text);
  }
}
