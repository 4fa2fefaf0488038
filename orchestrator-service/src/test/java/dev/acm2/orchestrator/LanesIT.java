package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.Sha256;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.embedded.EmbeddedKafka;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.orchestrator.RunningOrchestrator.Answer;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;

class LanesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODEL = "openai:gpt-5-mini";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private EmbeddedKafka broker;

  @SuppressWarnings("NullAway.Init")
  private KafkaSettings kafka;

  @SuppressWarnings("NullAway.Init")
  private KafkaConsumer<byte[], byte[]> reader;

  private final String database = TestInfrastructure.shared().freshDatabase();
  private final Map<String, LaneView> views = new TreeMap<>();
  private final List<WorkItem> work = new ArrayList<>();

  /// A broker of its own: one log has one orchestrator.
  @BeforeEach
  void startBroker() {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = new KafkaSettings(broker.bootstrapServers());
    TopicAdmin.ensureTopics(kafka, (short) 1);
    reader = kafka.reader();
    reader.assign(List.of(new TopicPartition(Topics.LANE_VIEWS.topic(), 0)));
  }

  @AfterEach
  void stopBroker() {
    reader.close();
    broker.close();
  }

  @Test
  void shouldChangeWhatLanesMayDoWhileTheyRun() throws Exception {
    try (RunningOrchestrator first = start(); ScriptedWorker worker = new ScriptedWorker(kafka)) {
      // given lanes that are shown as they are configured, and a run that fills one
      awaitViews(seen -> seen.size() == 5);
      assertThat(views.values()).noneMatch(LaneView::overridden);
      assertThat(first.postRun(fiveDocuments()).status()).isEqualTo(201);
      awaitWork(worker, 2);

      // when it may do more, it does more at once
      Answer put = put(first, "openai", "{\"concurrency\":4}");
      assertThat(put.status()).isEqualTo(202);
      assertThat(put.json().at("/limits/concurrency").asInt()).isEqualTo(4);
      assertThat(put.json().at("/limits/adaptive").asBoolean()).isTrue();
      assertThat(put.json().at("/lane").asString()).isEqualTo("openai");
      awaitWork(worker, 4);

      // when a model gets a lane of its own, the next run goes through it
      assertThat(put(first, MODEL, "{\"concurrency\":1}").status()).isEqualTo(202);
      awaitViews(seen -> seen.containsKey(MODEL));
      awaitOverride(first);
      assertThat(estimate(first).json().at("/calls/0/lane").asString()).isEqualTo(MODEL);
      first.close();

      // then it is so after a restart too
      try (RunningOrchestrator second = start()) {
        awaitOverride(second);
        assertThat(second.postRun(fiveDocuments()).status()).isEqualTo(201);
        awaitWork(worker, 5);
        awaitViews(seen -> view(seen, MODEL).inFlight() == 1 && view(seen, MODEL).waiting() == 4);
        assertThat(view(views, "openai").limits()).isEqualTo(new LaneLimits(4, null, null, true));

        // and the calls of a lane that ends are not stranded
        Answer deleted = delete(second, MODEL);
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().at("/limits/concurrency").asInt()).isEqualTo(2);
        awaitWork(worker, 6);
      }
    }
  }

  @Test
  void shouldRefuseLimitsAndLanesThatCannotBe() throws Exception {
    try (RunningOrchestrator service = start()) {
      Answer zero = put(service, "openai", "{\"concurrency\":0}");
      assertThat(zero.status()).isEqualTo(422);
      assertThat(zero.slug()).isEqualTo("validation");
      assertThat(zero.json().path("field").asString()).isEqualTo("concurrency");
      for (String lane : List.of("nobody", "nobody:model")) {
        assertThat(put(service, lane, "{\"concurrency\":1}").status()).isEqualTo(404);
        Answer unknown = delete(service, lane);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.slug()).isEqualTo("unknown-provider");
      }
      assertThat(put(service, "openai", "{").slug()).isEqualTo("malformed-json");
      Answer free = put(service, "openrouter:meta/llama-3:free", "{\"concurrency\":1}");
      assertThat(free.json().path("lane").asString()).isEqualTo("openrouter:meta/llama-3:free");
    }
  }

  @Test
  void shouldEstimateARunWithoutStoringAnything() throws Exception {
    try (RunningOrchestrator service = start()) {
      Await.until("an estimate", PATIENCE, () -> estimate(service).status() == 200);

      Answer estimate = estimate(service);

      assertThat(estimate.json().at("/calls/0/calls").asInt()).isEqualTo(10);
      assertThat(estimate.json().at("/calls/0/model").asString()).isEqualTo(MODEL);
      assertThat(estimate.json().at("/calls/0/lane").asString()).isEqualTo("openai");
      assertThat(estimate.json().at("/calls/0/maxUsd").asDouble()).isGreaterThan(0.1);
      assertThat(estimate.json().at("/limits/maxPaidCalls").asInt()).isEqualTo(500);
      assertThat(estimate.json().at("/lanes/openai/concurrency").asInt()).isEqualTo(2);
      Answer refused = service.postRun(
        Submissions.json(run ->
          Submissions.document(run)
            .put("artifact", Sha256.hex("Text of a.md".getBytes(StandardCharsets.UTF_8)))
            .remove("content")
        )
      );
      assertThat(refused.slug()).as("nothing was stored").isEqualTo("unknown-artifact");
      assertThat(estimate(service, "{}").json().path("field").asString()).isEqualTo("name");
    }
  }

  private RunningOrchestrator start() {
    return RunningOrchestrator.start(
      broker.bootstrapServers(),
      database,
      folder.resolve("state"),
      Map.of("acm2.orchestrator.lanes.openai.concurrency", "2")
    );
  }

  private static Answer put(RunningOrchestrator service, String lane, String body)
    throws Exception {
    return service.send("/api/v1/lanes/" + lane, request ->
      request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body))
    );
  }

  private static Answer delete(RunningOrchestrator service, String lane) throws Exception {
    return service.send("/api/v1/lanes/" + lane, request -> request.DELETE());
  }

  private static Answer estimate(RunningOrchestrator service) throws Exception {
    return estimate(service, fiveDocuments());
  }

  private static Answer estimate(RunningOrchestrator service, String body) throws Exception {
    return service.post(
      "/api/v1/runs/estimate",
      body.getBytes(StandardCharsets.UTF_8),
      "application/json"
    );
  }

  /// The streams read the lanes back in their own time.
  private static void awaitOverride(RunningOrchestrator service) {
    Await.until("the lane of the model", PATIENCE, () -> {
      Answer answer = estimate(service);
      return answer.json().at("/calls/0/lane").asString("").equals(MODEL);
    });
  }

  private static LaneView view(Map<String, LaneView> views, String lane) {
    return java.util.Objects.requireNonNull(views.get(lane), lane);
  }

  private void awaitViews(Predicate<Map<String, LaneView>> seen) {
    Await.until("the views of the lanes", PATIENCE, () -> {
      for (ConsumerRecord<byte[], byte[]> received : reader.poll(Duration.ofMillis(50))) {
        String lane = new String(received.key(), StandardCharsets.UTF_8);
        if (received.value() == null) {
          views.remove(lane);
        } else {
          views.put(lane, ContractJson.EVENTS.readValue(received.value(), LaneView.class));
        }
      }
      return seen.test(views);
    });
  }

  private void awaitWork(ScriptedWorker worker, int count) {
    Await.until(count + " released calls", PATIENCE, () -> {
      work.addAll(worker.poll());
      return work.size() >= count;
    });
  }

  private static String fiveDocuments() {
    return Submissions.json(run -> {
      ArrayNode documents = run.putArray("documents");
      for (String name : List.of("a.md", "b.md", "c.md", "d.md", "e.md")) {
        Submissions.document(documents, name, "Text of " + name);
      }
    });
  }
}
