package dev.acm2.worker.call;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Rubric;
import dev.acm2.evaluation.VerdictSchema;
import dev.acm2.evaluation.Verdicts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a call is to bring, and so how its answer is demanded and read. Never by a size.
sealed interface Purpose {
  /// Of the JSON that is demanded, null when any text will do.
  @Nullable
  JsonNode schema();

  Brought read(String text);

  /// A document: any text.
  record Writing() implements Purpose {
    @Override
    public @Nullable JsonNode schema() {
      return null;
    }

    @Override
    public Brought read(String text) {
      return new Brought.Text(text);
    }
  }

  /// Scores of one document.
  record Scoring(Rubric rubric) implements Purpose {
    @Override
    public JsonNode schema() {
      return VerdictSchema.scoring(rubric);
    }

    @Override
    public Brought read(String text) {
      return verdict(Verdicts.scores(text, rubric));
    }
  }

  /// A preference between two documents.
  ///
  /// @param first the one that is shown first
  record Comparing(boolean ties, CallId first, CallId second) implements Purpose {
    @Override
    public JsonNode schema() {
      return VerdictSchema.comparison(ties);
    }

    @Override
    public Brought read(String text) {
      return verdict(Verdicts.preference(text, ties, first, second));
    }
  }

  private static Brought verdict(Verdicts.Reading reading) {
    return switch (reading) {
      case Verdicts.Reading.Read(var result) -> new Brought.Verdict(result);
      case Verdicts.Reading.Invalid(var problem) -> new Brought.Unusable(problem);
    };
  }

  /// What a complete answer holds.
  sealed interface Brought {
    record Text(String text) implements Brought {}

    record Verdict(CallResult result) implements Brought {}

    /// @param problem what to tell the model when it is asked again
    record Unusable(String problem) implements Brought {}
  }
}
