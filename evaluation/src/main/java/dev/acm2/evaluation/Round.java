package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chooses comparisons of one round out of those that have not been given out yet.
final class Round {

  private static final double POSSIBLE = 0.01;

  /// What one judge is asked about one pair in one iteration, in one order or in both.
  private record Question(CallId lower, CallId upper, ModelId judge, int iteration) {
    static Question of(Ask ask) {
      boolean inOrder = ask.first().compareTo(ask.second()) < 0;
      return new Question(
        inOrder ? ask.first() : ask.second(),
        inOrder ? ask.second() : ask.first(),
        ask.judge(),
        ask.iteration()
      );
    }

    List<CallId> pair() {
      return List.of(lower, upper);
    }
  }

  private final List<CallId> documents;
  private final Map<Question, List<Ask>> open = new LinkedHashMap<>();
  private final Map<List<CallId>, Integer> askedOfPair = new HashMap<>();
  private final Map<ModelId, Integer> askedOfJudge = new HashMap<>();
  private final Map<List<Object>, Integer> askedOfJudgeAboutPair = new HashMap<>();

  Round(List<CallId> documents, List<Ask> schedule, Collection<Ask> given) {
    this.documents = documents;
    Set<Ask> gone = new HashSet<>(given);
    gone.stream().map(Question::of).distinct().forEach(this::count);
    schedule
      .stream()
      .filter(ask -> !gone.contains(ask))
      .forEach(ask ->
        open.computeIfAbsent(Question.of(ask), question -> new ArrayList<>()).add(ask)
      );
  }

  List<Ask> everyPairOnce() {
    List<Ask> asks = new ArrayList<>();
    open
      .keySet()
      .stream()
      .map(Question::pair)
      .distinct()
      .toList()
      .forEach(pair -> asks.addAll(take(leastAsked(pair))));
    return asks;
  }

  /// @param firstPlaces for each document, in which part of the samples it is the strongest
  List<Ask> mostInformative(double[] firstPlaces) {
    open.keySet().removeIf(question -> !isPossible(question, firstPlaces));
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < Math.max(1, documents.size() / 2); i++) {
      Optional<Question> best = open
        .keySet()
        .stream()
        .max(
          Comparator.comparingDouble((Question question) -> information(question, firstPlaces))
            .thenComparing(Question::lower)
            .thenComparing(Question::upper)
        );
      best.ifPresent(question -> asks.addAll(take(leastAsked(question.pair()))));
    }
    return asks;
  }

  private boolean isPossible(Question question, double[] firstPlaces) {
    return question
      .pair()
      .stream()
      .anyMatch(document -> firstPlaces[documents.indexOf(document)] >= POSSIBLE);
  }

  private double information(Question question, double[] firstPlaces) {
    double lower = firstPlaces[documents.indexOf(question.lower())] + POSSIBLE;
    double upper = firstPlaces[documents.indexOf(question.upper())] + POSSIBLE;
    return (lower * upper) / (1 + askedOfPair.getOrDefault(question.pair(), 0));
  }

  /// Judges take turns, for each pair first: no judge decides a pair, or much of a round, alone.
  private Question leastAsked(List<CallId> pair) {
    return open
      .keySet()
      .stream()
      .filter(question -> question.pair().equals(pair))
      .min(
        Comparator.comparingInt((Question question) ->
          askedOfJudgeAboutPair.getOrDefault(List.of(question.judge(), pair), 0)
        )
          .thenComparingInt(question -> askedOfJudge.getOrDefault(question.judge(), 0))
          .thenComparingInt(Question::iteration)
          .thenComparing(Question::judge)
      )
      .orElseThrow();
  }

  private List<Ask> take(Question question) {
    count(question);
    return Optional.ofNullable(open.remove(question)).orElse(List.of());
  }

  private void count(Question question) {
    askedOfPair.merge(question.pair(), 1, Integer::sum);
    askedOfJudge.merge(question.judge(), 1, Integer::sum);
    askedOfJudgeAboutPair.merge(List.of(question.judge(), question.pair()), 1, Integer::sum);
  }
}
