package dev.acm2.infra;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import dev.acm2.projection.RunView;
import dev.acm2.standalone.Standalone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Asks for the runs of a benchmark and reads what became of them.
final class RunClient {

  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Standalone acm2;

  RunClient(Standalone acm2) {
    this.acm2 = acm2;
  }

  /// A run of documents x iterations calls of one model.
  RunId submit(int documents, int iterations, String model, Map<String, Object> limits)
    throws IOException, InterruptedException {
    List<Map<String, String>> sources = IntStream.rangeClosed(1, documents)
      .mapToObj(n -> Map.of("name", "doc-" + n + ".md", "content", "The text of order " + n))
      .toList();
    Map<String, Object> author = Map.of(
      "model",
      model,
      "iterations",
      iterations,
      "maxOutputTokens",
      800
    );
    Map<String, Object> submission = Map.of(
      "name",
      "benchmark",
      "documents",
      sources,
      "instructions",
      "Summarise.",
      "generation",
      Map.of("models", List.of(author)),
      "limits",
      limits
    );
    HttpRequest request = HttpRequest.newBuilder(URI.create(acm2.gatewayUrl() + "/api/v1/runs"))
      .header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(ContractJson.VIEWS.writeValueAsString(submission)))
      .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return RunId.parse(ContractJson.VIEWS.readTree(answer.body()).get("runId").asString());
  }

  RunView finished(RunId runId) throws IOException, InterruptedException {
    return await(runId, run -> run.status() == RunView.RunStatus.FINISHED);
  }

  RunView await(RunId runId, Predicate<RunView> condition)
    throws IOException, InterruptedException {
    URI address = URI.create(acm2.gatewayUrl() + "/api/v1/runs/" + runId);
    while (true) {
      String answer = http
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
      RunView run = ContractJson.VIEWS.readValue(answer, RunView.class);
      if (condition.test(run)) {
        return run;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /// Feeds the events of the run as far as the view has them.
  void events(RunView run, Consumer<RunLog.Entry> sink) {
    RunLog log = new RunLog(new KafkaSettings(acm2.bootstrapServers()), Duration.ofSeconds(30));
    log.read(run.runId(), 0, run.asOf().offset(), sink);
  }
}
