package dev.acm2.gateway;

import dev.acm2.contract.Limits;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import dev.acm2.gateway.EstimatedTime.Bound;
import dev.acm2.gateway.RunEstimate.PhaseEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What a plan would need, by what past calls needed. Pure.
///
/// Money: min and max are the plan's own. Likely of a model is the mean cost of its past calls times the
/// calls, kept between min and max; in sums a model without past calls counts with the middle of the two.
/// Time: see [EstimatedTime].
final class Estimate {

  private Estimate() {}

  static RunEstimate of(Plan plan, List<PastCall> past) {
    List<Experience> known = plan
      .calls()
      .stream()
      .map(part -> Experience.of(part, past))
      .toList();
    Limits limits = plan.limits();
    EstimatedTime time = new EstimatedTime(plan, known);
    int calls = calls(known);
    Usd max = max(known);
    return new RunEstimate(
      calls,
      phases(known),
      known.stream().map(Experience::estimate).toList(),
      min(known),
      likely(known),
      max,
      time.of(Bound.MIN),
      time.of(Bound.LIKELY),
      time.of(Bound.MAX),
      max.compareTo(limits.maxCostUsd()) <= 0 && calls <= limits.maxPaidCalls(),
      limits.maxCostUsd(),
      limits.maxPaidCalls()
    );
  }

  private static List<PhaseEstimate> phases(List<Experience> known) {
    SortedMap<Phase, List<Experience>> byPhase = new TreeMap<>();
    known.forEach(each ->
      byPhase.computeIfAbsent(each.part().phase(), _ -> new ArrayList<>()).add(each)
    );
    return byPhase
      .entrySet()
      .stream()
      .map(entry -> phase(entry.getKey(), entry.getValue()))
      .toList();
  }

  private static PhaseEstimate phase(Phase phase, List<Experience> known) {
    return new PhaseEstimate(phase, calls(known), min(known), likely(known), max(known));
  }

  private static int calls(List<Experience> known) {
    return known
      .stream()
      .mapToInt(each -> each.part().calls())
      .sum();
  }

  private static Usd min(List<Experience> known) {
    return sum(known, each -> each.part().minUsd());
  }

  private static Usd likely(List<Experience> known) {
    return sum(known, Experience::expected);
  }

  private static Usd max(List<Experience> known) {
    return sum(known, each -> each.part().maxUsd());
  }

  private static Usd sum(List<Experience> known, Function<Experience, Usd> cost) {
    return known.stream().map(cost).reduce(Usd.ZERO, Usd::plus);
  }
}
