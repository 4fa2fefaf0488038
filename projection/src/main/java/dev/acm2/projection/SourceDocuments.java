package dev.acm2.projection;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Reused;
import dev.acm2.contract.Suspicion;
import dev.acm2.evaluation.ScoreSheet;
import dev.acm2.projection.SourceView.Document;
import dev.acm2.projection.SourceView.Flag;
import dev.acm2.projection.SourceView.Sheet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The documents that were made of one source, and what judges gave to each.
///
/// @param calls about the source
record SourceDocuments(RunSpec spec, Collection<CallView> calls) {
  private static final Comparator<Document> IN_ORDER = Comparator.comparing(Document::phase)
    .thenComparing(Document::model)
    .thenComparingInt(Document::iteration)
    .thenComparing(Document::docId);

  private static final Comparator<Sheet> BY_JUDGE = Comparator.comparing(Sheet::judge)
    .thenComparingInt(Sheet::iteration)
    .thenComparing(Sheet::callId);

  /// The documents before their scores are known.
  List<Document> all() {
    return calls.stream().flatMap(this::document).sorted(IN_ORDER).toList();
  }

  /// The sheets as the mathematics knows them.
  static Stream<ScoreSheet> sheets(Document document) {
    return document
      .sheets()
      .stream()
      .map(sheet ->
        new ScoreSheet(document.docId(), sheet.judge(), sheet.iteration(), sheet.scores())
      );
  }

  private Stream<Document> document(CallView call) {
    Phase phase = call.phase();
    ModelId model = call.model();
    ArtifactRef output = call.output();
    boolean makes = phase == Phase.GENERATION || phase == Phase.COMBINE;
    if (!makes || phase == null || model == null || output == null) {
      return Stream.of();
    }
    List<CallView> judging = calls
      .stream()
      .filter(judge -> judge.phase() == Phase.SINGLE_EVAL && isAbout(judge, call.callId()))
      .toList();
    Optional<Reused> reused = phase == Phase.GENERATION ? reused(call) : Optional.empty();
    List<Suspicion> suspicions = reused.map(Reused::suspicions).orElse(call.suspicions());
    return Stream.of(
      new Document(
        call.callId(),
        phase,
        model,
        call.iteration(),
        output,
        call.preview(),
        flags(judging, suspicions, reused.map(Reused::original).isPresent()),
        phase == Phase.COMBINE ? Subjects.of(call) : List.of(),
        judging.stream().flatMap(SourceDocuments::sheet).sorted(BY_JUDGE).toList(),
        suspicions,
        reused.map(Reused::original).orElse(null),
        reused.map(Reused::earlierScore).orElse(null),
        null
      )
    );
  }

  /// What the specification says of a document that was taken over from another run.
  private Optional<Reused> reused(CallView call) {
    RunSpec.Reuse reuse = spec.reuse();
    return reuse == null
      ? Optional.empty()
      : reuse
          .outputs()
          .stream()
          .filter(known -> known.document().equals(call.document()))
          .filter(known -> known.model().equals(call.model()))
          .filter(known -> known.iteration() == call.iteration())
          .findFirst();
  }

  private static boolean isAbout(CallView judge, CallId document) {
    return Subjects.of(judge).equals(List.of(document));
  }

  private static List<Flag> flags(
    List<CallView> judging,
    List<Suspicion> suspicions,
    boolean masked
  ) {
    List<Flag> flags = new ArrayList<>();
    boolean missing = judging
      .stream()
      .anyMatch(judge -> judge.state().ended() && sheet(judge).findAny().isEmpty());
    if (missing) {
      flags.add(Flag.SCORES_MISSING);
    }
    if (masked) {
      flags.add(Flag.INJECTION_MASKED);
    } else if (!suspicions.isEmpty()) {
      flags.add(Flag.INJECTION_SUSPECTED);
    }
    return List.copyOf(flags);
  }

  private static Stream<Sheet> sheet(CallView judge) {
    return judge.result() instanceof CallResult.Scores(var scores) && judge.model() != null
      ? Stream.of(new Sheet(judge.callId(), judge.model(), judge.iteration(), scores))
      : Stream.of();
  }
}
