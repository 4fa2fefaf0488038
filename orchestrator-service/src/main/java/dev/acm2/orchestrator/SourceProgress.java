package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far the evaluation of one source document has come.
///
/// @param left calls that have not ended, by phase
/// @param documents those that were written or combined, in the order of the plan
/// @param answers of judges, by the index of their call: a weighted score from 0 to 1,000,000, or the
///     place of the preferred document among the two that were shown ([#TIE] for neither)
/// @param slots indexes of the calls whose documents are compared, in the order of their rank when
///     they were chosen
/// @param finalists indexes of the calls whose documents are combined, the better one first
/// @param asked comparisons that are not given out any more, because they were or because they ended
///     without; only where the comparison may stop early
/// @param pending how many ends are awaited before more are given out; calls that were asked for again
///     are not counted once more
/// @param opened phases whose calls were let go, or given up
record SourceProgress(
  Map<Phase, Integer> left,
  List<Candidate> documents,
  SortedMap<Integer, Long> answers,
  List<Integer> slots,
  List<Integer> finalists,
  List<Integer> asked,
  int pending,
  Set<Phase> opened
) {
  static final long FIRST = 0;
  static final long SECOND = 1;
  static final long TIE = 2;

  /// A document that takes part.
  ///
  /// @param index of the call that made it
  record Candidate(int index, CallId callId, ArtifactRef output) {}

  static SourceProgress fresh(PhaseLayout layout) {
    Map<Phase, Integer> left = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      left.put(phase, layout.ofSource(phase, 0).count());
    }
    return new SourceProgress(
      left,
      List.of(),
      Collections.emptySortedMap(),
      List.of(),
      List.of(),
      List.of(),
      0,
      Set.of()
    );
  }

  /// What the phases before one have given, as if that one and those after it had not begun.
  SourceProgress before(Phase phase, PhaseLayout layout) {
    Map<Phase, Integer> all = new EnumMap<>(left);
    Set<Phase> before = EnumSet.noneOf(Phase.class);
    before.addAll(opened);
    for (Phase again : EnumSet.range(phase, Phase.POST_COMBINE)) {
      all.put(again, layout.ofSource(again, 0).count());
      before.remove(again);
    }
    int end = layout.first(phase);
    boolean compares = phase.compareTo(Phase.PAIRWISE) > 0;
    return new SourceProgress(
      all,
      documents
        .stream()
        .filter(document -> document.index() < end)
        .toList(),
      new TreeMap<>(answers.headMap(end)),
      compares ? slots : List.of(),
      phase == Phase.POST_COMBINE ? finalists : List.of(),
      compares ? asked : List.of(),
      0,
      before
    );
  }

  int left(Phase phase) {
    return left.getOrDefault(phase, 0);
  }

  boolean hasOpened(Phase phase) {
    return opened.contains(phase);
  }

  Optional<Candidate> document(int index) {
    return documents
      .stream()
      .filter(candidate -> candidate.index() == index)
      .findFirst();
  }

  SourceProgress counting(Phase phase, int change) {
    Map<Phase, Integer> counted = new EnumMap<>(left);
    counted.merge(phase, change, Integer::sum);
    return new SourceProgress(
      counted,
      documents,
      answers,
      slots,
      finalists,
      asked,
      pending,
      opened
    );
  }

  SourceProgress with(Candidate candidate) {
    List<Candidate> all = new ArrayList<>(documents);
    all.removeIf(known -> known.index() == candidate.index());
    all.add(candidate);
    all.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return new SourceProgress(
      left,
      List.copyOf(all),
      answers,
      slots,
      finalists,
      asked,
      pending,
      opened
    );
  }

  SourceProgress answered(int index, long answer) {
    SortedMap<Integer, Long> all = new TreeMap<>(answers);
    all.put(index, answer);
    return new SourceProgress(left, documents, all, slots, finalists, asked, pending, opened);
  }

  SourceProgress comparing(List<Integer> chosen) {
    return new SourceProgress(left, documents, answers, chosen, finalists, asked, pending, opened);
  }

  SourceProgress combining(List<Integer> chosen) {
    return new SourceProgress(left, documents, answers, slots, chosen, asked, pending, opened);
  }

  SourceProgress asking(List<Integer> more) {
    return withoutAsking(more).awaiting(pending + more.size());
  }

  SourceProgress withoutAsking(List<Integer> more) {
    List<Integer> all = new ArrayList<>(asked);
    all.addAll(more);
    List<Integer> kept = List.copyOf(all);
    return new SourceProgress(left, documents, answers, slots, finalists, kept, pending, opened);
  }

  /// One of the comparisons that were given out has ended.
  SourceProgress heard() {
    return awaiting(Math.max(0, pending - 1));
  }

  private SourceProgress awaiting(int ends) {
    return new SourceProgress(left, documents, answers, slots, finalists, asked, ends, opened);
  }

  SourceProgress opening(Phase phase) {
    Set<Phase> all = EnumSet.of(phase);
    all.addAll(opened);
    return new SourceProgress(left, documents, answers, slots, finalists, asked, pending, all);
  }
}
