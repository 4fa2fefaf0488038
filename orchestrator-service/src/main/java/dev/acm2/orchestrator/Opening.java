package dev.acm2.orchestrator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.acm2.orchestrator.PhaseLayout.Span;
import org.jspecify.annotations.Nullable;

/// What becomes of calls that waited for the results of others.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "opening")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Opening.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Opening.Vain.class, name = "vain"),
  @JsonSubTypes.Type(value = Opening.Settled.class, name = "settled"),
  @JsonSubTypes.Type(value = Opening.Again.class, name = "again"),
})
sealed interface Opening {
  Span calls();

  /// All that they work on exists: they may be released.
  record Ready(Span calls) implements Opening {}

  /// What they would have worked on will not exist: they are skipped.
  record Vain(Span calls, String why) implements Opening {}

  /// The question that they would have answered was answered without them.
  record Settled(Span calls) implements Opening {}

  /// Nothing more will come of what these calls work on: those that were asked for again, or were in
  /// vain before, may run if it exists now, and the others that wait are in vain.
  record Again(Span calls) implements Opening {}

  /// The same without its first calls, null when none are left.
  ///
  /// @param count calls to leave out, 1 or more
  default @Nullable Opening without(int count) {
    if (count >= calls().count()) {
      return null;
    }
    Span rest = new Span(calls().first() + count, calls().count() - count);
    return switch (this) {
      case Ready _ -> new Ready(rest);
      case Vain(Span _, String why) -> new Vain(rest, why);
      case Settled _ -> new Settled(rest);
      case Again _ -> new Again(rest);
    };
  }
}
