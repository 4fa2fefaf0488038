package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import java.util.List;
import java.util.function.ToIntFunction;

/// What models say to the calls of a run.
final class Answers {

  private Answers() {}

  /// @param wrote what the call writes when it is one that writes
  /// @param quality from 0 to 3 of a document, by the id of the call that made it
  static CallResult to(LaneCommand.Enqueue call, String wrote, ToIntFunction<String> quality) {
    return switch (call.phase()) {
      case GENERATION, COMBINE -> new CallResult.Document(EvaluatedSpecs.text(wrote), "doc");
      case SINGLE_EVAL -> new CallResult.Scores(
        List.of(
          new CallResult.Score("accuracy", 2 + quality.applyAsInt(subject(call)), "so"),
          new CallResult.Score("style", 3, "so")
        )
      );
      case PAIRWISE, POST_COMBINE -> preference(subject(call).split(":"), quality);
    };
  }

  private static CallResult preference(String[] pair, ToIntFunction<String> quality) {
    int first = quality.applyAsInt(pair[0]);
    int second = quality.applyAsInt(pair[1]);
    CallId better = first == second ? null : CallId.parse(pair[first > second ? 0 : 1]);
    return new CallResult.Preference(better, "so");
  }

  private static String subject(LaneCommand.Enqueue call) {
    return String.valueOf(call.subject());
  }
}
