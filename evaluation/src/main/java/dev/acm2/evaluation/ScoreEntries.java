package dev.acm2.evaluation;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One reading of the scores in an answer: collects every violation instead of stopping at the
/// first, so that a judge which is asked once more can mend them all.
final class ScoreEntries {

  private final Map<String, Criterion> criteria = new LinkedHashMap<>();
  private final Map<String, Score> scores = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  ScoreEntries(Rubric rubric) {
    rubric.criteria().forEach(criterion -> criteria.put(criterion.name(), criterion));
  }

  Verdicts.Reading read(JsonNode root) {
    JsonNode entries = root.path(VerdictSchema.EVALUATIONS);
    if (!entries.isArray()) {
      return Verdicts.invalid(List.of("the list \"evaluations\" is missing"));
    }
    Map<String, List<JsonNode>> byName = entries
      .valueStream()
      .collect(Collectors.groupingBy(ScoreEntries::name, LinkedHashMap::new, Collectors.toList()));
    byName.forEach(this::take);
    criteria
      .keySet()
      .stream()
      .filter(name -> !byName.containsKey(name))
      .forEach(this::miss);
    return problems.isEmpty() ? new Verdicts.Reading.Read(inOrder()) : Verdicts.invalid(problems);
  }

  private static String name(JsonNode entry) {
    return entry.path(VerdictSchema.CRITERION).asString("");
  }

  private void take(String name, List<JsonNode> entries) {
    Criterion criterion = criteria.get(name);
    if (criterion == null) {
      String found = Verdicts.found(entries.getFirst(), VerdictSchema.CRITERION);
      problems.add("%s is no criterion of the rubric".formatted(found));
    } else if (entries.size() > 1) {
      problems.add("\"%s\" has %d entries; it must have one".formatted(name, entries.size()));
    } else {
      take(criterion, entries.getFirst());
    }
  }

  private void take(Criterion criterion, JsonNode entry) {
    JsonNode score = entry.path(VerdictSchema.SCORE);
    JsonNode reason = entry.path(VerdictSchema.REASON);
    if (!isOnScale(score, criterion)) {
      String form = "the score of \"%s\" is %s; it must be a whole number from %d to %d";
      String found = Verdicts.found(entry, VerdictSchema.SCORE);
      problems.add(form.formatted(criterion.name(), found, criterion.min(), criterion.max()));
    }
    if (Verdicts.isBlank(reason)) {
      problems.add("the reason for \"%s\" is missing".formatted(criterion.name()));
    }
    if (problems.isEmpty()) {
      int value = (int) score.doubleValue();
      scores.put(criterion.name(), new Score(criterion.name(), value, reason.asString()));
    }
  }

  private static boolean isOnScale(JsonNode score, Criterion criterion) {
    double value = score.isNumber() ? score.asDouble(Double.NaN) : Double.NaN;
    return Math.rint(value) == value && value >= criterion.min() && value <= criterion.max();
  }

  private void miss(String name) {
    problems.add("\"%s\" has no entry".formatted(name));
  }

  private CallResult.Scores inOrder() {
    return new CallResult.Scores(
      criteria
        .keySet()
        .stream()
        .map(name -> Objects.requireNonNull(scores.get(name)))
        .toList()
    );
  }
}
