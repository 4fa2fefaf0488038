package dev.acm2.cli;

import dev.acm2.contract.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How far the phases after generation are, where they are planned. Pure.
final class PhaseLines {

  /// So that two lines are enough, and each is seen in 80 columns as long as all goes well.
  private static final int PHASES_PER_LINE = 2;

  private PhaseLines() {}

  /// At most two lines.
  static List<String> of(Map<String, Run.Stats> byPhase) {
    List<String> phases = phases(byPhase);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < phases.size(); i += PHASES_PER_LINE) {
      int end = Math.min(phases.size(), i + PHASES_PER_LINE);
      lines.add(String.join("  ", phases.subList(i, end)));
    }
    return lines;
  }

  private static List<String> phases(Map<String, Run.Stats> byPhase) {
    List<String> phases = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      Run.Stats stats = byPhase.get(phase.name());
      if (phase != Phase.GENERATION && stats != null && stats.planned() > 0) {
        phases.add(name(phase) + " " + stats.ok() + " of " + stats.planned() + otherEnds(stats));
      }
    }
    return phases;
  }

  private static String name(Phase phase) {
    return switch (phase) {
      case GENERATION -> "documents";
      case SINGLE_EVAL -> "scores";
      case PAIRWISE -> "comparisons";
      case COMBINE -> "combined";
      case POST_COMBINE -> "comparisons after combining";
    };
  }

  private static String otherEnds(Run.Stats stats) {
    List<String> ends = new ArrayList<>();
    add(ends, stats.failed(), "failed");
    add(ends, stats.timedOut(), "timed out");
    add(ends, stats.cancelled(), "cancelled");
    add(ends, stats.skipped(), "skipped");
    return ends.isEmpty() ? "" : " (" + String.join(", ", ends) + ")";
  }

  private static void add(List<String> ends, int calls, String end) {
    if (calls > 0) {
      ends.add(calls + " " + end);
    }
  }
}
