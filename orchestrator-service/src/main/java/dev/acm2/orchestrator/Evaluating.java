package dev.acm2.orchestrator;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunSpec;
import dev.acm2.orchestrator.PhaseLayout.Span;
import dev.acm2.orchestrator.SourceProgress.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The way of one source through the phases: a document is scored as soon as it exists; when all scores
/// are in, the best are compared; then the best two are combined; then those two and what was made of
/// them are compared again.
///
/// Laws: the order in which ends arrive changes nothing but the order of the openings; each call of the
/// plan is opened once for each time that it was planned or asked for again; when every call of the
/// earlier phases has ended, every call of a phase is open.
record Evaluating(PhaseLayout layout, Standing standing, StoppingEarly early) {
  static Evaluating of(RunSpec spec, PhaseLayout layout) {
    Standing standing = new Standing(spec, layout);
    return new Evaluating(layout, standing, new StoppingEarly(standing, layout));
  }

  /// A source after an event, and what the event opens.
  record Step(SourceProgress source, List<Opening> openings) {}

  /// A call of the source has ended.
  Step ended(SourceProgress before, int index, CallEnded event) {
    Phase phase = layout.phase(index);
    SourceProgress source = before.counting(phase, -1);
    List<Opening> openings = new ArrayList<>();
    if (event instanceof CallSucceeded succeeded) {
      source = standing.with(source, index, succeeded);
    }
    if (phase == Phase.GENERATION) {
      openings.add(scores(source, index));
    }
    if (phase == Phase.PAIRWISE && early.applies() && !isSettled(event)) {
      source = compared(source, index, openings);
    }
    return advance(layout.source(index), source, phase, openings);
  }

  /// A phase and those after it begin anew. All calls of the source have ended.
  ///
  /// @param from not the generation phase
  Step again(SourceProgress before, int number, Phase from) {
    SourceProgress source = before.before(from, layout);
    if (from == Phase.SINGLE_EVAL) {
      Span calls = layout.ofSource(from, number);
      return new Step(source, split(calls, index -> canRun(source, index)));
    }
    return advance(number, source, Phase.values()[from.ordinal() - 1], new ArrayList<>());
  }

  /// Whether what a call works on may still come into being.
  boolean mayStillRun(SourceProgress source, int index) {
    Phase phase = layout.phase(index);
    for (Phase earlier : Phase.values()) {
      if (earlier.compareTo(phase) < 0 && source.left(earlier) > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSettled(CallEnded event) {
    return event instanceof CallSkipped skipped && skipped.reason() == CallSkipped.Reason.SETTLED;
  }

  /// A comparison that ended without having been given out is not given out afterwards: if it can still be
  /// made, it was opened again by itself.
  private SourceProgress compared(SourceProgress source, int index, List<Opening> openings) {
    if (!source.asked().contains(index)) {
      return source.withoutAsking(List.of(index));
    }
    SourceProgress heard = source.heard();
    return heard.pending() == 0 ? early.round(heard, layout.source(index), openings) : heard;
  }

  private Opening scores(SourceProgress source, int index) {
    Span calls = layout.scoresOf(index);
    return source.document(index).isPresent()
      ? new Opening.Ready(calls)
      : new Opening.Vain(calls, "the document that it would score was not written");
  }

  /// @param ended the phase of the call that has ended: what follows it may be complete now
  private Step advance(int number, SourceProgress before, Phase ended, List<Opening> openings) {
    SourceProgress source = before;
    if (source.left(Phase.GENERATION) + source.left(Phase.SINGLE_EVAL) > 0) {
      return new Step(source, openings);
    }
    if (ended.compareTo(Phase.PAIRWISE) < 0) {
      source = source.comparing(standing.best(source, layout.slots()));
      source = open(number, source, Phase.PAIRWISE, openings);
    }
    if (source.left(Phase.PAIRWISE) > 0) {
      return new Step(source, openings);
    }
    if (ended.compareTo(Phase.COMBINE) < 0) {
      source = source.combining(standing.finalists(source));
      source = open(number, source, Phase.COMBINE, openings);
    }
    if (source.left(Phase.COMBINE) == 0 && ended.compareTo(Phase.POST_COMBINE) < 0) {
      source = open(number, source, Phase.POST_COMBINE, openings);
    }
    return new Step(source, openings);
  }

  private SourceProgress open(
    int number,
    SourceProgress source,
    Phase phase,
    List<Opening> openings
  ) {
    Span calls = layout.ofSource(phase, number);
    if (calls.count() == 0) {
      return source;
    }
    if (source.hasOpened(phase)) {
      openings.add(new Opening.Again(calls));
      return source;
    }
    List<Opening> parts = split(calls, index -> canRun(source, index));
    if (phase != Phase.PAIRWISE || !early.applies()) {
      openings.addAll(parts);
      return source.opening(phase);
    }
    parts
      .stream()
      .filter(part -> part instanceof Opening.Vain)
      .forEach(openings::add);
    return early.round(source.opening(phase), number, openings);
  }

  /// Whether everything that the call works on exists.
  boolean canRun(SourceProgress source, int index) {
    Phase phase = layout.phase(index);
    return switch (phase) {
      case GENERATION -> true;
      case SINGLE_EVAL -> source.document(layout.scored(index)).isPresent();
      case PAIRWISE, POST_COMBINE -> shown(source, index).size() == PhaseLayout.COMBINED;
      case COMBINE -> source.finalists().size() == PhaseLayout.COMBINED;
    };
  }

  /// The documents that a call is about, in the order in which it shows them; fewer when some do not
  /// exist.
  List<Candidate> shown(SourceProgress source, int index) {
    Phase phase = layout.phase(index);
    return switch (phase) {
      case GENERATION -> List.of();
      case SINGLE_EVAL -> source.document(layout.scored(index)).stream().toList();
      case COMBINE -> source
        .finalists()
        .stream()
        .map(source::document)
        .flatMap(Optional::stream)
        .toList();
      case PAIRWISE, POST_COMBINE -> standing.shown(source, index);
    };
  }

  private static List<Opening> split(Span calls, IntPredicate ready) {
    List<Opening> parts = new ArrayList<>();
    int from = calls.first();
    while (from < calls.end()) {
      boolean runs = ready.test(from);
      int to = from + 1;
      while (to < calls.end() && ready.test(to) == runs) {
        to++;
      }
      Span part = new Span(from, to - from);
      parts.add(
        runs
          ? new Opening.Ready(part)
          : new Opening.Vain(part, "a document that it would work on was not written")
      );
      from = to;
    }
    return parts;
  }
}
