package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.testkit.Specs;
import org.junit.jupiter.api.Test;

/// What a deletion means for the decider is what it means for views: they show a run as finished from its
/// end until they read of a call that was opened again.
class DeletingTest {

  private static final RunDeleted DELETED = new RunDeleted("a mistake");

  @Test
  void shouldForgetAFinishedRun() {
    RunBench bench = cancelled();

    bench.given(DELETED);

    assertThat(bench.progress().over(false)).isTrue();
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
  }

  @Test
  void shouldNotDeleteARunThatGoesOn() {
    RunBench bench = RunBench.requested(Specs.run(4, 1, "openai:gpt-5-mini"));
    RunProgress before = bench.progress();

    bench.given(DELETED);

    assertThat(bench.progress()).isEqualTo(before);
  }

  @Test
  void shouldEndARunThatWasDeletedBeforeAnybodyCouldSeeThatItGoesOn() {
    RunBench bench = cancelled();
    bench.append(retry(bench));
    bench.append(DELETED);

    bench.readAll();

    assertThat(bench.logged(CallQueued.class)).anyMatch(event -> event.epoch() == 2);
    assertThat(bench.logged(CallSkipped.class))
      .filteredOn(skip -> skip.epoch() == 2)
      .hasSize(4);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.progress().over(false)).isTrue();
  }

  @Test
  void shouldNotDeleteARunThatIsSeenToGoOnAgain() {
    RunBench bench = cancelled();
    bench.given(retry(bench));
    RunProgress before = bench.progress();

    bench.given(DELETED);

    assertThat(bench.progress()).isEqualTo(before);
    assertThat(bench.outcome()).isNull();
    bench.given(new RunCancelRequested("enough"), DELETED);
    assertThat(bench.progress().over(false)).as("its end was not read before").isFalse();
    bench.given(DELETED);
    assertThat(bench.progress().over(false)).isTrue();
  }

  /// A finished run with four calls that may be opened again.
  private static RunBench cancelled() {
    RunBench bench = RunBench.requested(Specs.run(4, 1, "openai:gpt-5-mini"));
    bench.given(new RunCancelRequested("enough"));
    assertThat(bench.progress().over(false)).isFalse();
    return bench;
  }

  private static RunRetryRequested retry(RunBench bench) {
    return new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "again", null);
  }
}
