package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.orchestrator.RunningOrchestrator.Answer;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunControlIT {

  private static final String CALL = "0123456789abcdef0123456789abcdef";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path stateDir;

  @SuppressWarnings("NullAway.Init")
  private static RunningOrchestrator service;

  @SuppressWarnings("NullAway.Init")
  private static RunId run;

  @SuppressWarnings("NullAway.Init")
  private static RunId other;

  @BeforeAll
  static void start() throws Exception {
    service = RunningOrchestrator.start(
      TestInfrastructure.shared().bootstrapServers(),
      TestInfrastructure.shared().freshDatabase(),
      stateDir,
      Map.of()
    );
    run = posted();
    other = posted();
  }

  private static RunId posted() throws Exception {
    Answer answer = service.postRun(Submissions.json(_ -> {}));
    return RunId.parse(answer.json().path("runId").asString());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void shouldAppendWhatIsAskedOfARun() throws Exception {
    for (String verb : List.of("pause", "resume")) {
      Answer answer = post(run + "/" + verb, "");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().path("runId").asString()).isEqualTo(run.toString());
    }

    assertThat(logged(RunPauseRequested.class, 1)).hasSize(1);
    assertThat(logged(RunResumeRequested.class, 1)).hasSize(1);
  }

  @Test
  void shouldAppendWhereARunIsKept() throws Exception {
    for (String verb : List.of("archive", "unarchive", "delete")) {
      assertThat(post(other + "/" + verb, "").status()).isEqualTo(202);
    }

    assertThat(logged(other, RunArchived.class, 1)).hasSize(1);
    assertThat(logged(other, RunUnarchived.class, 1)).hasSize(1);
    assertThat(logged(other, RunDeleted.class, 1)).hasSize(1);
  }

  @Test
  void shouldAppendAPhaseThatIsRunAnew() throws Exception {
    assertThat(post(other + "/retry", "{\"from\":\"PAIRWISE\"}").status()).isEqualTo(202);

    assertThat(logged(other, RunRetryRequested.class, 1))
      .singleElement()
      .matches(event -> event.from() == Phase.PAIRWISE && event.calls() == null);
  }

  @Test
  void shouldAppendWhatIsAskedOfACall() throws Exception {
    Answer answer = post(run + "/calls/" + CALL + "/cancel", "");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("callId").asString()).isEqualTo(CALL);
    assertThat(logged(CallCancelRequested.class, 1))
      .singleElement()
      .matches(event -> event.callId().value().equals(CALL));
  }

  @Test
  void shouldAppendARetryWithItsLimitsAndANewDeadline() throws Exception {
    Instant before = Instant.now();
    String body = """
    {"calls":["%s"],"maxPaidCalls":600,"maxCostUsd":7.5}""".formatted(CALL);

    assertThat(post(run + "/retry", body).status()).isEqualTo(202);
    assertThat(post(run + "/retry", "{}").status()).isEqualTo(202);

    RunRetryRequested named = logged(RunRetryRequested.class, 2).get(0);
    assertThat(named.calls())
      .singleElement()
      .matches(call -> call.value().equals(CALL));
    assertThat(named.maxPaidCalls()).isEqualTo(600);
    assertThat(named.maxCostUsd()).isEqualTo(Usd.of("7.5"));
    assertThat(named.deadlineAt()).isAfter(before.plusSeconds(3600));
    RunRetryRequested all = logged(RunRetryRequested.class, 2).get(1);
    assertThat(all.calls()).isNull();
    assertThat(all.maxPaidCalls()).isNull();
    assertThat(all.maxCostUsd()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "cancel",
      "pause",
      "resume",
      "retry",
      "archive",
      "unarchive",
      "delete",
      "calls/" + CALL + "/cancel",
    }
  )
  void shouldNotFindUnknownRuns(String verb) throws Exception {
    for (String id : new String[] { UUID.randomUUID().toString(), "no-id" }) {
      Answer answer = post(id + "/" + verb, "{}");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.slug()).isEqualTo("run-not-found");
    }
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '`',
    value = {
      "`` | 400 | empty-body | ``",
      "{ | 400 | malformed-json | ``",
      "{\"limit\":1} | 400 | unknown-field | limit",
      "{\"calls\":[]} | 422 | validation | calls",
      "{\"calls\":[\"x\"]} | 422 | validation | calls[0]",
      "{\"calls\":[null]} | 422 | validation | calls[0]",
      "{\"calls\":\"x\"} | 422 | validation | calls",
      "{\"from\":\"GENERATION\"} | 422 | validation | from",
      "{\"from\":\"LATER\"} | 422 | validation | from",
      "{\"from\":\"PAIRWISE\",\"calls\":[\"" + CALL + "\"]} | 422 | validation | from",
      "{\"maxPaidCalls\":0} | 422 | validation | maxPaidCalls",
      "{\"maxPaidCalls\":1000001} | 422 | validation | maxPaidCalls",
      "{\"maxCostUsd\":-1} | 422 | validation | maxCostUsd",
      "{\"maxCostUsd\":0.0000000001} | 422 | validation | maxCostUsd",
    }
  )
  void shouldRefuseAWrongRetry(String body, int status, String slug, String field)
    throws Exception {
    Answer answer = post(run + "/retry", body);

    assertThat(answer.slug()).isEqualTo(slug);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("field").asString("")).isEqualTo(field);
  }

  @Test
  void shouldRefuseTooManyNamesAndAMalformedName() throws Exception {
    String many = "[" + ("\"" + CALL + "\",").repeat(1000) + "\"" + CALL + "\"]";

    assertThat(post(run + "/retry", "{\"calls\":" + many + "}").status()).isEqualTo(422);
    Answer malformed = post(run + "/calls/x/cancel", "");
    assertThat(malformed.status()).isEqualTo(422);
    assertThat(malformed.json().path("field").asString()).isEqualTo("callId");
  }

  private static Answer post(String path, String body) throws Exception {
    return service.post(
      "/api/v1/runs/" + path,
      body.getBytes(StandardCharsets.UTF_8),
      "application/json"
    );
  }

  private static <T extends RunEvent> List<T> logged(Class<T> type, int count) {
    return logged(run, type, count);
  }

  private static <T extends RunEvent> List<T> logged(RunId run, Class<T> type, int count) {
    WrittenLog log = new WrittenLog(
      new KafkaSettings(TestInfrastructure.shared().bootstrapServers())
    );
    Await.until(
      count + " events in the log",
      Duration.ofSeconds(60),
      () -> log.of(run, type).size() >= count
    );
    return log.of(run, type);
  }
}
