package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final List<View> views = views(1);

  @Test
  void shouldKeepOneValueOfEachCallForAClientThatDoesNotRead() {
    // given a run of 12 calls
    Inbox inbox = new Inbox(Facts.runId(1), 12);
    inbox.startAt(new AsOf(1, 0, 0));

    // when
    views.forEach(inbox::offer);

    // then
    assertThat(views).hasSizeGreaterThan(60);
    assertThat(inbox.broken()).isNull();
    assertThat(inbox.pending()).isEqualTo(12);
    assertThat(inbox.drain(Instant.EPOCH)).isNotNull();
    assertThat(inbox.drain(Instant.EPOCH)).isNull();
    assertThat(inbox.pending()).isZero();
  }

  @Test
  void shouldBreakOffAClientThatIsTooFarBehind() {
    // given
    Inbox inbox = new Inbox(Facts.runId(1), 11);
    inbox.startAt(new AsOf(1, 0, 0));

    // when
    views.forEach(inbox::offer);

    // then
    assertThat(inbox.broken()).contains("11 calls behind");
    assertThat(inbox.pending()).isZero();
    assertThat(inbox.drain(Instant.EPOCH)).isNull();
  }

  @Test
  void shouldHoldBackACallUntilItsRunHasPassed() {
    // given
    Inbox inbox = new Inbox(Facts.runId(1), 100);
    inbox.startAt(new AsOf(1, 0, 0));

    // when
    inbox.offer(views.get(1));

    // then
    assertThat(views.get(1)).isInstanceOf(View.OfCall.class);
    assertThat(inbox.drain(Instant.EPOCH)).isNull();
    inbox.offer(views.get(2));
    Frame.Delta delta = inbox.drain(Instant.EPOCH);
    assertThat(delta).isNotNull();
    if (delta != null) {
      assertThat(delta.calls()).hasSize(1);
      assertThat(delta.asOf().offset()).isEqualTo(views.get(1).version());
    }
  }

  @Test
  void shouldRefuseAViewOfAnotherRun() {
    Inbox inbox = new Inbox(Facts.runId(2), 100);
    assertThatThrownBy(() -> inbox.offer(views.getFirst())).isInstanceOf(
      IllegalArgumentException.class
    );
  }

  @Test
  void shouldBreakOffWhenTheGenerationChanges() {
    // given
    Inbox inbox = new Inbox(Facts.runId(1), 100);
    inbox.startAt(new AsOf(1, 0, 0));

    // when
    views(2).forEach(inbox::offer);

    // then
    assertThat(inbox.broken()).contains("generation");
  }

  private static List<View> views(int generation) {
    List<View> views = new ArrayList<>();
    RunProjection projection = new RunProjection();
    List<RecordedEvent> log = RandomRun.log(3, Facts.runId(1), 2);
    for (int offset = 0; offset < log.size(); offset++) {
      projection.apply(log.get(offset), new AsOf(generation, 0, offset));
      CallView call =
        log.get(offset).event() instanceof CallEvent event ? projection.call(event.callId()) : null;
      if (call != null && call.version() == offset) {
        views.add(new View.OfCall(call, generation));
      }
      RunView run = projection.run();
      if (run != null) {
        views.add(new View.OfRun(run));
      }
    }
    return views;
  }
}
