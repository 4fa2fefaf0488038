package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.CommandProtocol;
import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import dev.acm2.worker.provider.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What those who watch a run read of its calls.
class CallConsoleTest extends HttpCallFixture {

  @Test
  void shouldTellEachAttemptItsAnswerItsRetryAndTheEnd() {
    given(
      reply(
        429,
        "{\"error\":{\"message\":\"slow down " + CallHarness.KEY + "\"}}",
        "Retry-After: 0"
      ),
      reply(200, GOOD)
    );
    WorkItem item = WorkItems.of(store).item();
    succeeded(item);
    List<String> texts = worker.lines.texts();
    assertThat(texts.get(0)).matches("INFO attempt 1 of 3: openai:gpt-5-mini, \\d+ B");
    assertThat(texts.get(1)).matches(
      "INFO attempt 1: HTTP 429 after \\d\\.\\d s, 0 \\+ 0 tokens, \\$0"
    );
    assertThat(texts.get(2)).isEqualTo(
      "WARN RATE_LIMITED: HTTP 429: slow down ***; attempt 2 follows in 0.0 s"
    );
    assertThat(texts.get(3)).startsWith("INFO attempt 2 of 3: ");
    assertThat(texts.get(4)).matches(
      "INFO attempt 2: HTTP 200 after \\d\\.\\d s, 100 \\+ 20 tokens, \\$0\\.000065"
    );
    assertThat(texts.get(5)).isEqualTo("INFO succeeded after 2 attempts, $0.000065");
    assertThat(texts).hasSize(6);
    assertThat(worker.lines.lines()).allSatisfy(line -> {
      assertThat(line.runId()).isEqualTo(item.runId());
      assertThat(line.callId()).isEqualTo(item.callId());
      assertThat(line.source()).isEqualTo("worker-1");
    });
    assertThat(worker.lines.lines())
      .extracting(ConsoleLine::attempt)
      .containsExactly(1, 1, 1, 2, 2, 2);
  }

  @Test
  void shouldTellHowLongEverybodyWasAskedToWait() {
    given(reply(429, "{}", "Retry-After: 3600"));
    CallFailed end = failed(WorkItems.of(store).item());
    assertThat(end.retryAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(worker.lines.texts().getLast()).startsWith("ERROR failed after 1 attempt, $0: ");
  }

  @Test
  void shouldSayNothingOfWaitingWhereNobodyWasAskedTo() {
    given(reply(401, "{}"));
    assertThat(failed(WorkItems.of(store).item()).retryAfter()).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTellLinesAndProgressOfAProgramWithoutItsKey() {
    givenProgram(
      "echo 'starting with " +
        CallHarness.KEY +
        "' >&2;" +
        "for i in 1 2 3 4 5 6 7 8 9; do echo '{\"progress\":\"step '$i'\",\"share\":0.'$i'}' >&2; done;" +
        "echo '{\"progress\":\"done with " +
        CallHarness.KEY +
        "\",\"level\":\"WARN\"}' >&2;" +
        "echo text"
    );
    CallSucceeded end = succeeded(WorkItems.of(store).withModel("command:fpf").item());
    assertThat(worker.lines.texts())
      .contains("INFO starting with ***", "INFO step 1", "INFO step 9", "WARN done with ***")
      .anyMatch(text -> text.startsWith("INFO attempt 1: exit code 0 after "));
    List<CallProgressed> told = worker.sink
      .events()
      .stream()
      .filter(CallProgressed.class::isInstance)
      .map(CallProgressed.class::cast)
      .toList();
    // then: the last one is never lost, and most of the others need not be told
    assertThat(told.getLast()).isEqualTo(
      new CallProgressed(end.callId(), 1, 1, "done with ***", null)
    );
    assertThat(told).hasSizeLessThanOrEqualTo(9);
    List<RunEvent> events = worker.sink.events();
    assertThat(events.getLast()).isSameAs(end);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTellSoManyLinesOfACallAndNoMore() {
    givenProgram(
      "seq 1 5000 >&2; head -c 9000 /dev/zero | tr '\\0' x >&2; echo >&2;" +
        "echo '{\"progress\":\"the end\"}' >&2; echo text"
    );
    succeeded(WorkItems.of(store).withModel("command:fpf").item());
    List<String> texts = worker.lines.texts();
    assertThat(texts)
      .contains("INFO 1", "INFO " + CallConsole.MOST_LINES)
      .doesNotContain("INFO " + (CallConsole.MOST_LINES + 1))
      .containsOnlyOnce("WARN further lines are only in the artifact of the response");
    assertThat(worker.sink.events()).anyMatch(CallProgressed.class::isInstance);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldCutLongLines() {
    givenProgram("head -c 9000 /dev/zero | tr '\\0' x >&2; echo text");
    succeeded(WorkItems.of(store).withModel("command:fpf").item());
    assertThat(worker.lines.lines())
      .extracting(line -> line.text().length())
      .contains(ConsoleLine.MAX_LENGTH)
      .allMatch(length -> length <= ConsoleLine.MAX_LENGTH);
  }

  private void givenProgram(String script) {
    worker.close();
    Target target = new Target.Program(
      (CommandProtocol) Protocol.COMMAND.wire(),
      List.of("bash", "-c", script),
      null
    );
    Provider command = new Provider("command", target, new Secret(CallHarness.KEY), false);
    worker = new CallHarness(store, exchanges, new SystemCallClock(), Map.of("command", command));
  }
}
