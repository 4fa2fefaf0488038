package dev.acm2.projection;

import static dev.acm2.projection.Folded.RUN;
import static dev.acm2.projection.Folded.fold;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunSpec;
import dev.acm2.evaluation.Ranking;
import dev.acm2.projection.SourceView.Comparison;
import dev.acm2.projection.SourceView.Document;
import dev.acm2.projection.SourceView.Flag;
import dev.acm2.projection.SourceView.Questions;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of the views of sources, over many random runs that are judged.
class EvaluationLawsTest {

  private static final int SOURCES = 2;
  private static final RunSpec SPEC = JudgedRun.spec(SOURCES);

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  /// Of runs that are judged once, and of runs of which phases are run anew.
  static Stream<List<RecordedEvent>> logs() {
    return seeds()
      .boxed()
      .flatMap(seed ->
        Stream.of(JudgedRun.log(seed, RUN, SOURCES), JudgedRun.anewLog(seed, RUN, SOURCES))
      );
  }

  private static IntStream moments(List<RecordedEvent> log) {
    return IntStream.rangeClosed(1, log.size()).filter(length -> length % 37 == 1);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void shouldBeTheSameInAnyOrderOfCalls(List<RecordedEvent> log) {
    // given
    List<CallView> calls = new ArrayList<>(calls(log));
    byte[] expected = bytes(Evaluations.of(RUN, SPEC, calls));
    Random random = new Random(log.size());
    for (int times = 0; times < 5; times++) {
      // when
      Collections.shuffle(calls, random);
      // then
      assertThat(bytes(Evaluations.of(RUN, SPEC, calls))).isEqualTo(expected);
    }
  }

  /// I7.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotMixRunsOrSources(long seed) {
    // given
    Collection<CallView> calls = calls(JudgedRun.log(seed, RUN, SOURCES));
    List<CallView> mixed = new ArrayList<>(calls(JudgedRun.log(seed, Facts.runId(2), SOURCES)));
    mixed.addAll(calls);
    // when
    List<SourceView> views = Evaluations.of(RUN, SPEC, mixed);
    // then
    assertThat(views).isEqualTo(Evaluations.of(RUN, SPEC, calls));
    for (SourceView view : views) {
      List<CallView> own = calls
        .stream()
        .filter(call -> view.document().equals(call.document()))
        .toList();
      assertThat(Evaluations.of(RUN, SPEC, own)).contains(view);
    }
  }

  /// Nothing that a judge said is lost, and nothing counts twice. Only while a phase is run anew, what the
  /// later ones gave does not count.
  @ParameterizedTest
  @MethodSource("logs")
  void shouldShowEveryAnswerOnceAtEveryMoment(List<RecordedEvent> log) {
    moments(log).forEach(length -> {
      Collection<CallView> calls = calls(log.subList(0, length));
      for (SourceView view : Evaluations.of(RUN, SPEC, calls)) {
        Optional<Phase> anew = Replacing.of(log.subList(0, length)).first(view.document());
        List<CallView> own = calls
          .stream()
          .filter(call -> view.document().equals(call.document()))
          .filter(call -> anew.isEmpty() || !isAfter(call, anew.get()))
          .toList();
        assertThat(
          view.documents().stream().map(Document::docId)
        ).containsExactlyInAnyOrderElementsOf(made(own));
        assertThat(
          view
            .documents()
            .stream()
            .flatMap(d -> d.sheets().stream())
        ).hasSize(answered(own, Phase.SINGLE_EVAL));
        assertAccounted(view.pairwise(), own, Phase.PAIRWISE);
        assertAccounted(view.postCombine(), own, Phase.POST_COMBINE);
        assertExists(view);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSayWhichDocumentsLackAJudge(long seed) {
    Collection<CallView> calls = calls(JudgedRun.log(seed, RUN, SOURCES));
    int judges = 2;
    for (SourceView view : Evaluations.of(RUN, SPEC, calls)) {
      assertThat(view.documents())
        .filteredOn(document -> document.phase() == Phase.GENERATION)
        .allSatisfy(document ->
          assertThat(document.flags().contains(Flag.SCORES_MISSING)).isEqualTo(
            document.sheets().size() < judges
          )
        );
      assertThat(view.scores()).allSatisfy(score ->
        assertThat(score.mean() == null).isEqualTo(score.sheets() == 0)
      );
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldKeepTheBestWhenNothingFails(long seed) {
    for (SourceView view : views(JudgedRun.smoothLog(seed, RUN, SOURCES))) {
      Document winner = view
        .documents()
        .stream()
        .filter(
          document -> view.winner() != null && document.docId().equals(view.winner().document())
        )
        .findFirst()
        .orElseThrow();
      assertThat(winner.phase()).isEqualTo(Phase.COMBINE);
      assertThat(winner.madeFrom()).containsExactlyElementsOf(
        ranking(view.pairwise()).rows().stream().map(Ranking.Row::document).limit(2).toList()
      );
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void shouldComeBackFromJsonAsItWas(List<RecordedEvent> log) {
    List<SourceView> views = views(log);

    for (SourceView view : views) {
      byte[] json = ContractJson.VIEWS.writeValueAsBytes(view);
      assertThat(ContractJson.VIEWS.readValue(json, SourceView.class)).isEqualTo(view);
    }
  }

  /// The laws would say nothing of what no random run contains.
  @Test
  void shouldHaveSeenFailuresInEveryPhase() {
    Set<Phase> failed = EnumSet.noneOf(Phase.class);
    seeds().forEach(seed ->
      calls(JudgedRun.log(seed, RUN, SOURCES))
        .stream()
        .filter(call -> call.state().ended() && call.state() != CallState.OK)
        .forEach(call -> failed.add(Objects.requireNonNull(call.phase())))
    );

    assertThat(failed).containsExactlyInAnyOrder(Phase.values());
  }

  /// The planned counts are exact, also when documents are missing.
  @ParameterizedTest
  @MethodSource("logs")
  void shouldEndEveryPlannedCall(List<RecordedEvent> log) {
    RunProjection end = fold(log);

    RunStats stats = Objects.requireNonNull(end.run()).stats();
    assertThat(stats.ended()).isEqualTo(stats.planned());
    assertThat(stats.planned()).isEqualTo(end.calls().size());
    assertThat(stats.balanced()).isTrue();
  }

  /// The laws would say nothing of a moment that no log contains.
  @Test
  void shouldHaveSeenResultsThatWereNotToCount() {
    Stream<Optional<Phase>> replaced = logs().flatMap(log ->
      moments(log).mapToObj(length -> Replacing.of(log.subList(0, length)).first("doc-1.md"))
    );

    assertThat(replaced).contains(
      Optional.of(Phase.SINGLE_EVAL),
      Optional.of(Phase.PAIRWISE),
      Optional.of(Phase.COMBINE)
    );
  }

  private static boolean isAfter(CallView call, Phase phase) {
    return Objects.requireNonNull(call.phase()).compareTo(phase) > 0;
  }

  /// Nothing is kept that is not there.
  private static void assertExists(SourceView view) {
    Set<CallId> there = view.documents().stream().map(Document::docId).collect(toSet());
    assertThat(view.winner() == null || there.contains(view.winner().document())).isTrue();
    Stream.of(view.pairwise(), view.postCombine())
      .filter(Objects::nonNull)
      .flatMap(comparison -> comparison.ranking().rows().stream())
      .forEach(row -> assertThat(there).contains(row.document()));
  }

  private static void assertAccounted(
    @Nullable Comparison comparison,
    List<CallView> calls,
    Phase phase
  ) {
    List<CallView> asked = calls
      .stream()
      .filter(call -> call.phase() == phase)
      .toList();
    assertThat(comparison == null).isEqualTo(asked.isEmpty());
    if (comparison != null) {
      Questions questions = comparison.questions();
      assertThat(questions.answered()).isEqualTo(answered(calls, phase));
      assertThat(comparison.votes()).hasSize(questions.answered());
      assertThat(
        questions.open() + questions.answered() + questions.unanswered() + questions.settled()
      ).isEqualTo(asked.size());
      assertThat(questions.unanswered()).isNotNegative();
    }
  }

  private static List<CallId> made(List<CallView> calls) {
    return calls
      .stream()
      .filter(call -> call.state() == CallState.OK)
      .filter(call -> call.phase() == Phase.GENERATION || call.phase() == Phase.COMBINE)
      .map(CallView::callId)
      .toList();
  }

  /// Of those about documents that are there.
  private static int answered(List<CallView> calls, Phase phase) {
    List<CallId> made = made(calls);
    return (int) calls
      .stream()
      .filter(call -> call.phase() == phase && call.state() == CallState.OK)
      .filter(call -> made.containsAll(Subjects.of(call)))
      .count();
  }

  private static Ranking ranking(@Nullable Comparison comparison) {
    return Objects.requireNonNull(comparison).ranking();
  }

  private static List<SourceView> views(List<RecordedEvent> log) {
    return Evaluations.of(RUN, SPEC, calls(log));
  }

  private static Collection<CallView> calls(List<RecordedEvent> log) {
    return fold(log).calls();
  }

  private static byte[] bytes(List<SourceView> views) {
    return ContractJson.VIEWS.writeValueAsBytes(views);
  }
}
