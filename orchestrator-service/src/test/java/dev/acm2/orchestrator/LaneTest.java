package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits.Priority;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.orchestrator.LaneDecider.Release;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {

  private static final ModelId MODEL = ModelId.parse("openai:gpt-5-mini");
  private static final RunId A = Facts.runId(1);
  private static final RunId B = Facts.runId(2);

  private final MapEntries entries = new MapEntries();
  private final List<Release> releases = new ArrayList<>();
  private Lane lane = Lane.EMPTY;
  private int limit = 2;

  @Test
  void shouldReleaseUpToItsLimitInTheOrderOfTheRun() {
    enqueue(A, Priority.NORMAL, 1, 4);

    assertThat(numbers(A)).containsExactly(1, 2);
    assertThat(lane.inFlight()).isEqualTo(2);
  }

  @Test
  void shouldReleaseTheNextWhenOneIsFreed() {
    enqueue(A, Priority.NORMAL, 1, 4);

    tell(new LaneCommand.Free(A, call(A, 1), 1, true));

    assertThat(numbers(A)).containsExactly(1, 2, 3);
    assertThat(lane.inFlight()).isEqualTo(2);
  }

  @Test
  void shouldIgnoreARepeatedEnqueue() {
    enqueue(A, Priority.NORMAL, 1, 3);

    tell(enqueue(A, 1, Priority.NORMAL, 1));
    tell(enqueue(A, 3, Priority.NORMAL, 1));
    free(A, 1);
    free(A, 2);
    free(A, 3);

    assertThat(numbers(A)).containsExactly(1, 2, 3);
    assertThat(entries.isEmpty()).isTrue();
    assertThat(lane.runs()).isEmpty();
  }

  @Test
  void shouldIgnoreAFreeOfWhatIsNotReleased() {
    enqueue(A, Priority.NORMAL, 1, 3);

    tell(new LaneCommand.Free(A, call(A, 3), 1, true));
    tell(new LaneCommand.Free(A, call(A, 1), 2, true));
    free(B, 1);

    assertThat(lane.inFlight()).isEqualTo(2);
    assertThat(numbers(A)).containsExactly(1, 2);
  }

  @Test
  void shouldDropTheWaitingCallsOfARunAndKeepTheSlotsOfItsReleasedOnes() {
    enqueue(A, Priority.NORMAL, 1, 5);
    enqueue(B, Priority.NORMAL, 1, 1);

    tell(new LaneCommand.DropRun(A));
    assertThat(lane.inFlight()).isEqualTo(2);
    free(A, 1);
    free(A, 2);

    assertThat(numbers(A)).containsExactly(1, 2);
    assertThat(numbers(B)).containsExactly(1);
    assertThat(lane.inFlight()).isEqualTo(1);
  }

  @Test
  void shouldServeAHigherClassFirst() {
    enqueue(A, Priority.NORMAL, 1, 4);
    enqueue(B, Priority.HIGH, 1, 2);

    free(A, 1);
    free(A, 2);

    assertThat(numbers(B)).containsExactly(1, 2);
    assertThat(numbers(A)).containsExactly(1, 2);
  }

  @Test
  void shouldUseAHigherLimitAtTheNextFill() {
    enqueue(A, Priority.NORMAL, 1, 4);

    limit = 3;
    take(LaneDecider.fill(lane, limits(), entries, Facts.START));

    assertThat(numbers(A)).containsExactly(1, 2, 3);
  }

  @Test
  void shouldNotLetARunSaveUpTurnsWhileItPauses() {
    limit = 1;
    enqueue(A, Priority.NORMAL, 1, 100);
    for (int i = 1; i <= 50; i++) {
      free(A, i);
    }

    enqueue(B, Priority.NORMAL, 1, 100);
    int before = releases.size();
    drain(20);

    List<RunId> served = served(before);
    assertThat(served.stream().filter(A::equals).count()).isBetween(9L, 11L);
  }

  @Test
  void shouldShareByWeight() {
    limit = 1;
    enqueue(A, Priority.NORMAL, 3, 400);
    enqueue(B, Priority.NORMAL, 1, 400);

    drain(400);

    long ofA = served(0).stream().filter(A::equals).count();
    assertThat(ofA).isBetween(290L, 310L);
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
  void shouldShareALaneFairlyBetweenTwoEqualRuns(long seed) {
    Random random = new Random(seed);
    limit = 1 + random.nextInt(20);
    enqueue(A, Priority.NORMAL, 1, 600);
    enqueue(B, Priority.NORMAL, 1, 600);
    List<Release> inFlight = new ArrayList<>(releases);

    while (releases.size() < 1100) {
      assertThat(lane.inFlight()).isLessThanOrEqualTo(limit);
      Release ended = inFlight.remove(random.nextInt(inFlight.size()));
      int before = releases.size();
      tell(new LaneCommand.Free(ended.call().runId(), ended.call().callId(), 1, true));
      inFlight.addAll(releases.subList(before, releases.size()));
    }

    List<RunId> served = served(limit);
    for (int from = 0; from + 200 <= 1000; from++) {
      long ofA = served
        .subList(from, from + 200)
        .stream()
        .filter(A::equals)
        .count();
      assertThat((double) ofA / (200 - ofA)).isBetween(0.8, 1.25);
    }
  }

  private void drain(int count) {
    for (int i = 0; i < count; i++) {
      Release last = releases.getLast();
      tell(new LaneCommand.Free(last.call().runId(), last.call().callId(), 1, true));
    }
  }

  private List<RunId> served(int from) {
    return releases
      .stream()
      .skip(from)
      .map(release -> release.call().runId())
      .toList();
  }

  private void enqueue(RunId runId, Priority priority, int weight, int calls) {
    for (int number = 1; number <= calls; number++) {
      tell(enqueue(runId, number, priority, weight));
    }
  }

  private void free(RunId runId, int number) {
    tell(new LaneCommand.Free(runId, call(runId, number), 1, true));
  }

  private void tell(LaneCommand command) {
    take(LaneDecider.decide(lane, limits(), entries, command, Facts.START));
  }

  private void take(LaneDecider.Step step) {
    lane = step.lane();
    releases.addAll(step.releases());
  }

  private LaneLimits limits() {
    return new LaneLimits(limit, null, null, true);
  }

  private List<Integer> numbers(RunId runId) {
    return releases
      .stream()
      .filter(release -> release.call().runId().equals(runId))
      .map(release -> release.call().limits().maxAttempts())
      .toList();
  }

  private static CallId call(RunId runId, int number) {
    return CallId.of(runId, CallPlace.generation("doc", MODEL, number));
  }

  /// The number of a call rides in its attempts.
  private static LaneCommand.Enqueue enqueue(
    RunId runId,
    int number,
    Priority priority,
    int weight
  ) {
    RunPlan plan = new RunPlan(runId, Specs.run(1, 1, MODEL.toString()));
    LaneCommand.Enqueue any = plan
      .call(0)
      .enqueue(runId, plan.spec().limits(), Facts.START, 1, number, Usd.ZERO);
    return new LaneCommand.Enqueue(
      runId,
      call(runId, number),
      1,
      any.phase(),
      any.document(),
      MODEL,
      any.iteration(),
      null,
      any.prompt(),
      any.options(),
      any.limits(),
      any.runDeadlineAt(),
      priority,
      weight,
      null,
      null
    );
  }
}
