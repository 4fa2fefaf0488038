package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Await;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@EnabledOnOs(OS.LINUX)
class CommandExchangeTest extends CommandFixture {

  @Test
  void shouldGiveThePromptAndTakeTheAnswer() {
    ExchangeEnd end = run("cat; echo \" - read by $ACM2_MODEL\"; echo '{\"step\":1}' >&2");
    assertThat(success(end).text()).isEqualTo("Sum up: ü. - read by gpt-x\n");
    assertThat(text(end.arrived())).isEqualTo("{\"step\":1}\n");
    assertThat(end.arrived().mediaType()).isEqualTo("text/plain");
  }

  @Test
  void shouldReadUsageCostAndSourcesFromProgressLines() {
    Success success = success(
      run(
        "echo text; { " +
          "echo 'starting'; echo '{broken';" +
          "echo '{\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}';" +
          "echo '{\"source\":\"https://a\"}'; echo '{\"source\":\"https://b\"}';" +
          "echo '{\"usage\":{\"input_tokens\":100,\"output_tokens\":20," +
          "\"output_tokens_details\":{\"reasoning_tokens\":5}},\"cost_usd\":0.25}';" +
          "echo 'done'; } >&2"
      )
    );
    assertThat(success.bill().usage()).isEqualTo(new Usage(100, 20, 5, 0));
    assertThat(success.bill().cost()).isEqualTo(Usd.of("0.25"));
    assertThat(success.evidence().sources()).containsExactly("https://a", "https://b");
    assertThat(success.evidence().reasoned()).isTrue();
  }

  @Test
  void shouldLeaveItToTheProgramToTellHowFarItIs() {
    Exchange exchange = open(provider(List.of("bash", "-c", "echo started >&2; sleep 300")));
    Await.until("a line of it", PATIENCE, () -> !lines.isEmpty());
    assertThat(exchange.stage()).isEqualTo(Stage.SELF_TOLD);
    exchange.abort();
  }

  @ParameterizedTest
  @CsvSource({
    "1, SERVER_ERROR",
    "64, BAD_REQUEST",
    "69, OVERLOADED",
    "75, OVERLOADED",
    "77, AUTH",
    "78, BAD_REQUEST",
  })
  void shouldJudgeByExitCode(int code, FailureKind kind) {
    Failure failure = failure(run("echo half a text; echo 'out of " + KEY + "' >&2; exit " + code));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.httpStatus()).isNull();
    assertThat(failure.message())
      .contains("exit code " + code)
      .doesNotContain(KEY);
  }

  @Test
  void shouldKeepTheOutputOfAFailedProgram() {
    ExchangeEnd end = run("echo half a text; echo 'no luck' >&2; exit 3");
    assertThat(text(end.arrived())).isEqualTo("{\"stdout\":\"half a text\\n\"}\nno luck\n");
    assertThat(failure(end).message()).isEqualTo("exit code 3: no luck");
  }

  @Test
  void shouldCallASignalAFailure() {
    assertThat(failure(run("kill -9 $$")).kind()).isEqualTo(FailureKind.SERVER_ERROR);
  }

  @Test
  void shouldCallNothingNoAnswer() {
    assertThat(failure(run("true")).kind()).isEqualTo(FailureKind.EMPTY_OUTPUT);
    assertThat(failure(run("printf '\\377'")).kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
  }

  @Test
  void shouldSayThatTheProgramDoesNotExist() {
    Provider provider = provider(List.of(folder + "/missing"));
    Failure failure = failure(open(provider).await(PATIENCE));
    assertThat(failure.kind()).isEqualTo(FailureKind.BAD_REQUEST);
    assertThat(failure.message()).contains("exit code 127", "missing");
  }

  @Test
  void shouldNotWaitForAProgramThatReadsNoPrompt() {
    assertThat(success(run("exec 0<&-; echo text", "x".repeat(4_000_000))).text()).isEqualTo(
      "text\n"
    );
  }

  @Test
  void shouldKeepTheBeginningAndTheEndOfProgressThatIsTooMuch() {
    ExchangeEnd end = run("echo text; echo first >&2; yes | head -c 5000000 >&2; echo last >&2");
    assertThat(success(end).text()).isEqualTo("text\n");
    assertThat(text(end.arrived()))
      .startsWith("first\n")
      .endsWith("last\n")
      .contains("bytes left out")
      .hasSizeLessThan(ProgramOutput.PROGRESS_LIMIT + 100);
  }

  @Test
  void shouldCutAnOutputThatIsTooMuch() {
    ExchangeEnd end = run("yes");
    assertThat(end).isInstanceOf(ExchangeEnd.TooLarge.class);
    assertThat(failure(end).kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
  }

  @Test
  void shouldGiveTheKeyInTheEnvironmentAndNothingElseOfTheWorker() {
    Success success = success(run("test -n \"$TOOL_KEY\" && echo has a key; env | cut -d= -f1"));
    assertThat(success.text()).contains("has a key", "PATH", "ACM2_REQUEST_ID");
    assertThat(success.text().lines().skip(1)).isSubsetOf(
      "PATH",
      "HOME",
      "USER",
      "LANG",
      "LC_ALL",
      "TZ",
      "TMPDIR",
      "TOOL_KEY",
      "ACM2_REQUEST_ID",
      "ACM2_MODEL",
      "ACM2_MAX_OUTPUT_TOKENS",
      "ACM2_GROUNDING",
      "ACM2_REASONING",
      "PWD",
      "SHLVL",
      "_"
    );
  }

  @Test
  void shouldNotTellTheKeyThatAProgramPrints() {
    ExchangeEnd end = run("echo $TOOL_KEY; echo $TOOL_KEY >&2");
    assertThat(success(end).text()).isEqualTo("***\n");
    assertThat(text(provider(List.of("x")).scrubbed(end).arrived())).isEqualTo("***\n");
  }

  @Test
  void shouldRunTheProgramAsTheLeaderOfItsOwnSession() {
    String[] ids = success(run("ps -o pid=,pgid=,sid= -p $$")).text().strip().split("\\s+");
    assertThat(ids).hasSize(3).containsOnly(ids[0]);
  }

  @Test
  void shouldNotBeMistakenForAnAddress() {
    assertThatThrownBy(() ->
      new Provider("command", Protocol.COMMAND, URI.create("http://x"), Secret.NONE, false)
    ).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveTheDemandedFormInTheEnvironment() {
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    Provider provider = provider(List.of("bash", "-c", "echo \"form: $ACM2_JSON_SCHEMA.\""));
    byte[] body = provider.body("gpt-x", "Judge it.", PLAIN, schema);
    assertThat(success(open(provider, body).await(PATIENCE)).text()).isEqualTo(
      "form: {\"type\":\"object\"}.\n"
    );
    assertThat(success(open(provider).await(PATIENCE)).text()).isEqualTo("form: .\n");
  }

  @Test
  void shouldHandOnLinesAsTheyCome() {
    Exchange exchange = open(
      provider(List.of("bash", "-c", "printf 'one\\ntw' >&2; read -t 30 < <(sleep 30); echo text"))
    );
    Await.until("the first line", PATIENCE, () -> lines.contains("one"));
    exchange.abort();
    Await.until("the rest", PATIENCE, () -> lines.contains("tw"));
    assertThat(lines).containsExactly("one", "tw");
  }
}
