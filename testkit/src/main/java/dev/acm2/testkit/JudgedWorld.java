package dev.acm2.testkit;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Judge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/// Which documents there are, how good they are, and what is planned about them.
final class JudgedWorld {

  private static final double COMBINED = 5;
  private static final double NOISE = 0.25;
  private static final double TIE = 0.1;

  /// A document that a call made.
  record Written(CallPlace place, CallId id) {}

  private final Random random;
  private final RunSpec spec;
  private final RunSpec.Evaluation evaluation;
  private final RunSpec.Combine combine;
  private final int topN;
  private final Map<String, Double> qualities = new HashMap<>();
  private final List<Written> written = new ArrayList<>();

  JudgedWorld(Random random, RunSpec spec) {
    this.random = random;
    this.spec = spec;
    evaluation = Objects.requireNonNull(spec.evaluation());
    combine = Objects.requireNonNull(spec.combine());
    topN = Objects.requireNonNull(evaluation.pairwise()).topN();
  }

  void add(Written document) {
    CallPlace place = document.place();
    int rank = JudgedRun.MODELS.indexOf(place.model().toString());
    switch (place.phase()) {
      case GENERATION -> {
        written.add(document);
        qualities.put(document.id().value(), 4.5 - rank - 0.01 * place.iteration());
      }
      case COMBINE -> {
        written.add(document);
        qualities.put(document.id().value(), COMBINED);
      }
      case SINGLE_EVAL, PAIRWISE, POST_COMBINE -> {
      }
    }
  }

  /// The documents of a phase are about to be written anew.
  void forget(Phase phase) {
    written.removeIf(document -> document.place().phase() == phase);
  }

  /// Whether everything that a call works on is written.
  boolean hasAll(CallPlace place) {
    String subject = place.subject();
    return (
      subject == null ||
      Arrays.stream(subject.split(":", 2)).allMatch(id ->
        written.stream().anyMatch(document -> document.id().value().equals(id))
      )
    );
  }

  List<PlannedCalls> planned() {
    return Arrays.stream(Phase.values())
      .flatMap(phase ->
        models(phase)
          .stream()
          .map(model ->
            new PlannedCalls(phase, model, spec.documents().size() * planned(phase, model))
          )
      )
      .toList();
  }

  List<ModelId> models(Phase phase) {
    return switch (phase) {
      case GENERATION -> spec.generation().models().stream().map(Author::model).toList();
      case COMBINE -> combine.models().stream().map(Author::model).toList();
      case SINGLE_EVAL, PAIRWISE, POST_COMBINE -> evaluation
        .judges()
        .stream()
        .map(Judge::model)
        .toList();
    };
  }

  /// Calls to one model for one source, each pair of documents in both orders.
  int planned(Phase phase, ModelId model) {
    int authored = spec.generation().models().stream().mapToInt(Author::iterations).sum();
    int compared = Math.min(topN, authored);
    int again = 2 + combine.models().size();
    return switch (phase) {
      case GENERATION -> iterations(model);
      case COMBINE -> 1;
      case SINGLE_EVAL -> authored * evaluation.iterations();
      case PAIRWISE -> compared * (compared - 1) * evaluation.iterations();
      case POST_COMBINE -> again * (again - 1) * evaluation.iterations();
    };
  }

  private int iterations(ModelId model) {
    return spec
      .generation()
      .models()
      .stream()
      .filter(author -> author.model().equals(model))
      .mapToInt(Author::iterations)
      .sum();
  }

  /// What can be done in a phase about one source.
  List<CallPlace> places(Phase phase, String source) {
    List<CallId> best = documents(Phase.GENERATION, source);
    List<CallId> two = best.subList(0, Math.min(2, best.size()));
    return switch (phase) {
      case GENERATION -> models(phase)
        .stream()
        .flatMap(model ->
          IntStream.rangeClosed(1, iterations(model)).mapToObj(iteration ->
            CallPlace.generation(source, model, iteration)
          )
        )
        .toList();
      case SINGLE_EVAL -> judged(phase, source, best.stream().map(CallId::value).toList());
      case PAIRWISE -> judged(phase, source, pairs(best.subList(0, Math.min(topN, best.size()))));
      case COMBINE -> two.size() < 2
        ? List.of()
        : models(phase)
            .stream()
            .map(model ->
              new CallPlace(phase, source, model, 1, two.getFirst() + ":" + two.getLast())
            )
            .toList();
      case POST_COMBINE -> {
        List<CallId> all = new ArrayList<>(two);
        all.addAll(documents(Phase.COMBINE, source));
        yield all.size() > two.size() ? judged(phase, source, pairs(all)) : List.of();
      }
    };
  }

  private List<CallPlace> judged(Phase phase, String source, List<String> subjects) {
    return models(phase)
      .stream()
      .flatMap(judge ->
        subjects
          .stream()
          .flatMap(subject ->
            IntStream.rangeClosed(1, evaluation.iterations()).mapToObj(iteration ->
              new CallPlace(phase, source, judge, iteration, subject)
            )
          )
      )
      .toList();
  }

  private static List<String> pairs(List<CallId> documents) {
    return documents
      .stream()
      .flatMap(first ->
        documents
          .stream()
          .filter(second -> !second.equals(first))
          .map(second -> first + ":" + second)
      )
      .toList();
  }

  /// The best first.
  private List<CallId> documents(Phase phase, String source) {
    return written
      .stream()
      .filter(document -> document.place().phase() == phase)
      .filter(document -> document.place().document().equals(source))
      .map(Written::id)
      .sorted(Comparator.comparing((CallId id) -> -quality(id.value())))
      .toList();
  }

  CallResult scores(CallPlace place) {
    double quality = quality(Objects.requireNonNull(place.subject()));
    return new CallResult.Scores(
      evaluation
        .rubric()
        .criteria()
        .stream()
        .map(criterion -> {
          double found = quality + NOISE * random.nextGaussian();
          int score = (int) Math.max(criterion.min(), Math.min(criterion.max(), Math.round(found)));
          return new CallResult.Score(criterion.name(), score, "it is " + score);
        })
        .toList()
    );
  }

  CallResult preference(CallPlace place) {
    String[] pair = Objects.requireNonNull(place.subject()).split(":", 2);
    double lead = quality(pair[0]) - quality(pair[1]) + NOISE * random.nextGaussian();
    if (Math.abs(lead) < TIE) {
      return new CallResult.Preference(null, "they are alike");
    }
    return new CallResult.Preference(new CallId(lead > 0 ? pair[0] : pair[1]), "it is better");
  }

  private double quality(String document) {
    return Objects.requireNonNull(qualities.get(document));
  }
}
