package dev.acm2.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.intake.Cancellations.Cancellation;
import dev.acm2.worker.intake.Cancellations.Scope;
import dev.acm2.worker.intake.IntakePlan.Cause;
import dev.acm2.worker.intake.IntakePlan.NotStarted;
import dev.acm2.worker.intake.IntakePlan.Offered;
import dev.acm2.worker.intake.IntakePlan.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakePlanTest {

  private static final Instant NOW = Instant.now();
  private final WorkItems work = WorkItems.of(new InMemoryArtifactStore());
  private final Set<WorkItem> inFlight = new HashSet<>();
  private final Map<WorkItem, Scope> cancelled = new HashMap<>();

  @Test
  void shouldTakeWhatFitsAndSeekBackToTheRest() {
    IntakePlan plan = plan(
      3,
      item(0, 10, 1),
      item(0, 11, 2),
      item(1, 5, 3),
      item(1, 6, 4),
      item(1, 8, 5)
    );
    assertThat(plan.starts()).containsExactly(released(1), released(2), released(3));
    assertThat(plan.nextOffsets()).isEqualTo(Map.of(0, 12L, 1, 6L));
    assertThat(plan.seekBack()).isEqualTo(Map.of(1, 6L));
  }

  @Test
  void shouldTakeNothingWithoutSlots() {
    IntakePlan plan = plan(0, item(0, 10, 1), item(1, 5, 2));
    assertThat(plan.starts()).isEmpty();
    assertThat(plan.takesNothing()).isTrue();
    assertThat(plan.seekBack()).isEqualTo(Map.of(0, 10L, 1, 5L));
  }

  @Test
  void shouldPassOverWhatNeedsNoSlot() {
    cancelled.put(number(1), Scope.RUN);
    cancelled.put(number(6), Scope.CALL);
    inFlight.add(number(3));
    WorkItem late = work.withNumber(2).startedBy(NOW.minusSeconds(1)).item();
    IntakePlan plan = plan(
      0,
      item(0, 1, 1),
      new Offered(0, 2, Optional.of(new Released(late, NOW))),
      new Offered(0, 3, Optional.empty()),
      item(0, 4, 3),
      item(0, 5, 6),
      item(0, 6, 4),
      item(0, 7, 1)
    );
    assertThat(plan.notStarted())
      .extracting(NotStarted::cause)
      .containsExactly(
        Cause.RUN_CANCELLED,
        Cause.QUEUE_TTL,
        Cause.ALREADY_STARTED,
        Cause.CALL_CANCELLED
      );
    assertThat(plan.nextOffsets()).isEqualTo(Map.of(0, 6L));
    assertThat(plan.seekBack()).isEqualTo(Map.of(0, 6L));
  }

  @Test
  void shouldStartACallOnceWhenItsRecordIsThereTwice() {
    IntakePlan plan = plan(9, item(0, 1, 1), item(1, 7, 1));
    assertThat(plan.starts()).containsExactly(released(1));
    assertThat(plan.notStarted())
      .extracting(NotStarted::cause)
      .containsExactly(Cause.ALREADY_STARTED);
    assertThat(plan.nextOffsets()).isEqualTo(Map.of(0, 2L, 1, 8L));
  }

  @Test
  void shouldEndACallWithItsRunAtTheLatest() {
    WorkItem item = work.startedBy(NOW.minus(Duration.ofMinutes(59)).minusSeconds(30)).item();
    assertThat(IntakePlan.deadlineOf(item, NOW)).isEqualTo(item.runDeadlineAt());
    assertThat(IntakePlan.deadlineOf(work.item(), NOW)).isEqualTo(NOW.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3 })
  void shouldKeepItsLawsForEveryBatch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      List<Offered> offered = batch(random);
      int free = random.nextInt(6);
      IntakePlan plan = IntakePlan.of(offered, free, NOW, new Here());
      assertThat(plan.starts()).hasSizeLessThanOrEqualTo(free);
      for (Offered record : offered) {
        long next = plan.nextOffsets().getOrDefault(record.partition(), 0L);
        long back = plan.seekBack().getOrDefault(record.partition(), Long.MAX_VALUE);
        boolean taken = record.offset() < back;
        assertThat(record.offset() < next).isEqualTo(taken);
      }
    }
  }

  private List<Offered> batch(SplittableRandom random) {
    List<Offered> offered = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      long offset = random.nextInt(100);
      for (int i = random.nextInt(5); i > 0; i--) {
        offset += random.nextInt(1, 3);
        offered.add(
          random.nextInt(5) == 0
            ? new Offered(partition, offset, Optional.empty())
            : item(partition, offset, random.nextInt(20))
        );
      }
    }
    return offered;
  }

  private IntakePlan plan(int free, Offered... offered) {
    return IntakePlan.of(List.of(offered), free, NOW, new Here());
  }

  private Offered item(int partition, long offset, int number) {
    return new Offered(partition, offset, Optional.of(released(number)));
  }

  private Released released(int number) {
    return new Released(number(number), NOW.minusSeconds(number));
  }

  private WorkItem number(int number) {
    return work.withNumber(number).item();
  }

  private final class Here implements IntakePlan.Known {

    @Override
    public Optional<Cancellation> cancellation(Released work) {
      return Optional.ofNullable(cancelled.get(work.item())).map(scope ->
        new Cancellation(scope, "enough")
      );
    }

    @Override
    public boolean isInFlight(WorkItem item) {
      return inFlight.contains(item);
    }
  }
}
