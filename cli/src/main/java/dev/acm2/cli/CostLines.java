package dev.acm2.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is to be said of a run's money and of late ends, where there is something. Pure.
final class CostLines {

  private static final double SHARE = 0.99;
  private static final int BEYOND = 10_000;

  private CostLines() {}

  static List<String> of(Run.Stats stats) {
    List<String> lines = new ArrayList<>();
    List<String> parts = parts(stats);
    if (!parts.isEmpty()) {
      lines.add("of the cost " + String.join("  ", parts));
    }
    List<String> more = new ArrayList<>();
    if (stats.reservedUsd().signum() > 0) {
      more.add("reserved " + Format.money(stats.reservedUsd()));
    }
    if (stats.savedUsd().signum() > 0) {
      more.add("saved " + Format.money(stats.savedUsd()));
    }
    if (!stats.overshoot().isEmpty()) {
      more.add("overshoot p99 " + p99(stats.overshoot()));
    }
    if (!more.isEmpty()) {
      lines.add(String.join("  ", more));
    }
    return lines;
  }

  /// Empty when everything went for what succeeded and counts: then the cost says all.
  private static List<String> parts(Run.Stats stats) {
    Run.Cost cost = stats.cost();
    List<String> parts = new ArrayList<>();
    add(parts, "failed", cost.failedUsd());
    add(parts, "retried", cost.retriedUsd());
    add(parts, "orphaned", cost.orphanedUsd());
    add(parts, "late", cost.lateUsd());
    add(parts, "replaced", cost.replacedUsd());
    if (!parts.isEmpty()) {
      parts.addFirst("succeeded " + Format.money(cost.succeededUsd()));
    }
    return parts;
  }

  private static void add(List<String> parts, String name, BigDecimal usd) {
    if (usd.signum() > 0) {
      parts.add(name + " " + Format.money(usd));
    }
  }

  /// The bound under which 99 of 100 calls were ended after their deadlines.
  private static String p99(Map<Integer, Integer> histogram) {
    long calls = histogram.values().stream().mapToLong(Integer::longValue).sum();
    long passed = 0;
    for (Map.Entry<Integer, Integer> bound : new TreeMap<>(histogram).entrySet()) {
      passed += bound.getValue();
      if (passed >= Math.ceil(calls * SHARE)) {
        return bound.getKey() > BEYOND
          ? "over " + BEYOND + " ms"
          : "within " + bound.getKey() + " ms";
      }
    }
    return "unknown";
  }
}
