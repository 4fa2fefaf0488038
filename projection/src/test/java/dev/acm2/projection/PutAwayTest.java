package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.projection.RunView.RunStatus;
import org.junit.jupiter.api.Test;

/// Runs that are archived, and runs that are deleted.
class PutAwayTest {

  private static final RunFinished FINISHED = new RunFinished(Outcome.FAILED, "nothing worked");
  private static final RunArchived ARCHIVED = new RunArchived("in the way");
  private static final RunDeleted DELETED = new RunDeleted("a mistake");

  private final OneRun run = new OneRun();

  @Test
  void shouldBePutAwayInAnyState() {
    RecordedEvent archived = run.happens(ARCHIVED);
    assertThat(run.run().archived()).isTrue();
    run.happens(CALL.started(1));
    assertThat(run.run().status()).as("it goes on").isEqualTo(RunStatus.RUNNING);
    run.happens(new RunUnarchived("it is wanted"));
    run.again(archived);
    assertThat(run.run().archived()).as("a copy moves nothing").isFalse();
    run.happens(FINISHED);
    run.happens(ARCHIVED);

    assertThat(run.run().archived()).isTrue();
    assertThat(run.run().withSpec(null).archived()).isTrue();
  }

  @Test
  void shouldBeGoneOnceItIsDeleted() {
    run.happens(CALL.failed(1, 0));
    run.happens(FINISHED);
    run.happens(DELETED);
    RunView tombstone = run.run();
    run.happens(OneRun.anew(Phase.PAIRWISE));
    run.happens(CALL.queued(2));
    run.happens(ARCHIVED);

    assertThat(tombstone.deleted()).isTrue();
    assertThat(tombstone.spec()).isNull();
    assertThat(run.run()).isSameAs(tombstone);
    assertThat(run.calls()).isEmpty();
  }

  /// It would go on, and spend money, where nobody sees it.
  @Test
  void shouldNotBeDeletedWhileItIsAtWork() {
    run.happens(DELETED);
    assertThat(run.run().deleted()).isFalse();
    run.happens(FINISHED);
    assertThat(run.run().deleted()).as("it was not wanted then").isFalse();
    assertThat(run.run().actions()).extracting(RunView.Action::reason).contains("a mistake");
    run.happens(DELETED);

    assertThat(run.run().deleted()).isTrue();
  }
}
