package dev.acm2.projection;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.evaluation.ScoreSheet;
import dev.acm2.projection.SourceView.Document;
import dev.acm2.projection.SourceView.Flag;
import dev.acm2.projection.SourceView.Sheet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The documents that were made of one source, and what judges gave to each.
final class SourceDocuments {

  private static final Comparator<Document> IN_ORDER = Comparator.comparing(Document::phase)
    .thenComparing(Document::model)
    .thenComparingInt(Document::iteration)
    .thenComparing(Document::docId);

  private static final Comparator<Sheet> BY_JUDGE = Comparator.comparing(Sheet::judge)
    .thenComparingInt(Sheet::iteration)
    .thenComparing(Sheet::callId);

  private SourceDocuments() {}

  static List<Document> of(Collection<CallView> calls) {
    return calls
      .stream()
      .flatMap(call -> document(call, calls))
      .sorted(IN_ORDER)
      .toList();
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

  private static Stream<Document> document(CallView call, Collection<CallView> calls) {
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
    return Stream.of(
      new Document(
        call.callId(),
        phase,
        model,
        call.iteration(),
        output,
        call.preview(),
        flags(judging),
        phase == Phase.COMBINE ? Subjects.of(call) : List.of(),
        judging.stream().flatMap(SourceDocuments::sheet).sorted(BY_JUDGE).toList()
      )
    );
  }

  private static boolean isAbout(CallView judge, CallId document) {
    return Subjects.of(judge).equals(List.of(document));
  }

  private static List<Flag> flags(List<CallView> judging) {
    boolean missing = judging
      .stream()
      .anyMatch(judge -> judge.state().ended() && sheet(judge).findAny().isEmpty());
    return missing ? List.of(Flag.SCORES_MISSING) : List.of();
  }

  private static Stream<Sheet> sheet(CallView judge) {
    return judge.result() instanceof CallResult.Scores(var scores) && judge.model() != null
      ? Stream.of(new Sheet(judge.callId(), judge.model(), judge.iteration(), scores))
      : Stream.of();
  }
}
