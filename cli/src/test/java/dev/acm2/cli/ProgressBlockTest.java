package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressBlockTest {

  @Test
  void shouldShowCountersBarAndCallsWithAgeAgainstDeadline() {
    LiveRun live = live(
      Samples.call(3, "IN_FLIGHT", 1),
      Samples.call(1, "IN_FLIGHT", 1),
      Samples.call(2, "OK", 1)
    );

    List<String> lines = ProgressBlock.render(live, Samples.T0.plusSeconds(75), 120, null);

    assertThat(lines).containsExactly(
      "Three orders  RUNNING GENERATION",
      "[###############...............] 9/18  50 %  1 m 15 s",
      "planned 18  queued 7  in flight 2  ok 8",
      "failed 1  timed out 0  cancelled 0  skipped 0",
      "retries 2  cost $0.0123  as of event 417",
      "  1 m 14 s of 10 m  eo-14265.md  openai:gpt-5.1 #1",
      "  1 m 12 s of 10 m  eo-14265.md  openai:gpt-5.1 #3"
    );
  }

  @Test
  void shouldShowThePauseBeforeTheNextAttemptAndItsCause() {
    Call waiting = Samples.withError(
      Samples.call(1, "IN_FLIGHT", 1),
      "RATE_LIMITED",
      true,
      Samples.T0.plusSeconds(20)
    );

    List<String> lines = ProgressBlock.render(live(waiting), Samples.T0.plusSeconds(11), 120, null);

    assertThat(lines.getLast()).isEqualTo(
      "  10 s of 10 m  eo-14265.md  openai:gpt-5.1 #1  attempt 2 in 9 s after RATE_LIMITED"
    );
  }

  @Test
  void shouldNotRepeatAnErrorThatIsOver() {
    Call recovered = Samples.withError(
      Samples.call(1, "IN_FLIGHT", 1),
      "RATE_LIMITED",
      false,
      null
    );

    List<String> lines = ProgressBlock.render(
      live(recovered),
      Samples.T0.plusSeconds(11),
      120,
      null
    );

    assertThat(lines.getLast()).endsWith("#1  attempt 2");
  }

  @Test
  void shouldShowHowFarAnAttemptIs() {
    Call.Progress half = new Call.Progress("searches\nthe web", 0.5);
    Call.Progress unknown = new Call.Progress("thinks", null);

    assertThat(lastLine(Samples.withProgress(half))).endsWith("#1  50 % searches the web");
    assertThat(lastLine(Samples.withProgress(unknown))).endsWith("#1  thinks");
  }

  private static String lastLine(Call call) {
    return ProgressBlock.render(live(call), Samples.T0.plusSeconds(11), 120, null).getLast();
  }

  @Test
  void shouldStayInsideTheTerminalWhateverIsInFlight() {
    Call[] many = IntStream.rangeClosed(1, 50)
      .mapToObj(i -> Samples.call(i, "IN_FLIGHT", 1))
      .toArray(Call[]::new);

    List<String> lines = ProgressBlock.render(live(many), Samples.T0, 40, "connection lost");

    assertThat(lines)
      .hasSize(5 + 12 + 1 + 1)
      .allMatch(line -> line.length() <= 40);
    assertThat(lines).contains("  and 38 more in flight", "connection lost");
  }

  @Test
  void shouldDrawTheNextBlockOverTheOneBefore() {
    Screen screen = new Screen();

    assertThat(screen.redraw(List.of("a", "b"))).isEqualTo("a\u001b[K\nb\u001b[K\n\u001b[J");
    assertThat(screen.redraw(List.of("c"))).isEqualTo("\u001b[2A\rc\u001b[K\n\u001b[J");
  }

  @Test
  void shouldKeepTheNewestVersionOfACall() {
    LiveRun live = live(Samples.call(1, "OK", 1));
    Call older = new Call(
      "%032x".formatted(1),
      null,
      null,
      null,
      1,
      "IN_FLIGHT",
      1,
      1,
      1,
      null,
      null,
      null,
      null,
      null,
      java.math.BigDecimal.ZERO,
      null,
      null,
      9
    );

    live.apply(new Frame.Delta(null, List.of(older)));

    assertThat(live.inFlight()).isEmpty();
  }

  private static LiveRun live(Call... calls) {
    LiveRun live = new LiveRun();
    live.apply(new Frame.Snapshot(Samples.run(Samples.stats(18, 7, 2, 8, 1)), List.of(calls)));
    return live;
  }
}
