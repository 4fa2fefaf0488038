package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What a run would send, and what that costs at the least and at the most, before it is sent.
///
/// @param calls by phase and model, in the order of the plan
/// @param lanes limits in force of every lane that these calls go through
record Estimate(List<Part> calls, Limits limits, SortedMap<String, LaneLimits> lanes) {
  /// The calls of one phase to one model.
  ///
  /// @param inputTokens of all these calls together, as the budget counts them
  /// @param maxOutputTokens of all these calls together
  /// @param minUsd all these calls, one attempt each that answers nothing
  /// @param maxUsd all these calls, one attempt each with full output and every search
  record Part(
    Phase phase,
    ModelId model,
    String lane,
    int calls,
    long inputTokens,
    long maxOutputTokens,
    Usd minUsd,
    Usd maxUsd
  ) {
    private Part plus(Part other) {
      return new Part(
        phase,
        model,
        lane,
        calls + other.calls,
        inputTokens + other.inputTokens,
        maxOutputTokens + other.maxOutputTokens,
        minUsd.plus(other.minUsd),
        maxUsd.plus(other.maxUsd)
      );
    }
  }

  /// What a token of prose is in bytes, on average.
  private static final int BYTES_OF_TOKEN = 4;

  private record Group(Phase phase, ModelId model) {}

  /// @param names which lane a model's calls go through
  /// @param lanes limits in force, by lane
  static Estimate of(
    RunPlan plan,
    Budget budget,
    LaneNames names,
    Function<String, LaneLimits> lanes
  ) {
    Map<Group, Part> parts = new LinkedHashMap<>();
    SortedMap<String, LaneLimits> used = new TreeMap<>();
    int first = plan.reused() == null ? 0 : plan.size();
    for (int index = first; index < plan.total(); index++) {
      Part part = part(plan.call(index), plan.call(index, unwritten(plan, index)), budget, names);
      parts.merge(new Group(part.phase(), part.model()), part, Part::plus);
      used.computeIfAbsent(part.lane(), lanes);
    }
    return new Estimate(List.copyOf(parts.values()), plan.spec().limits(), used);
  }

  /// The documents that a later call will work on, each as large as its author may make it.
  private static List<Candidate> unwritten(RunPlan plan, int index) {
    int shown = switch (plan.layout().phase(index)) {
      case GENERATION -> 0;
      case SINGLE_EVAL -> 1;
      case PAIRWISE, COMBINE, POST_COMBINE -> PhaseLayout.COMBINED;
    };
    long largest = plan
      .spec()
      .generation()
      .models()
      .stream()
      .mapToLong(author -> (long) author.maxOutputTokens() * BYTES_OF_TOKEN)
      .max()
      .orElse(0);
    ArtifactRef text = new ArtifactRef("0".repeat(64), largest, "text/markdown");
    return Collections.nCopies(shown, new Candidate(0, plan.call(0).callId(), text));
  }

  /// @param bare without the documents that are not written yet
  private static Part part(PlannedCall bare, PlannedCall call, Budget budget, LaneNames names) {
    ModelId model = call.author().model();
    return new Part(
      call.phase(),
      model,
      names.of(model),
      1,
      Tokens.input(call.prompt()),
      call.author().maxOutputTokens(),
      budget.inputAlone(bare),
      budget.worstCase(call)
    );
  }
}
