package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Reused;
import dev.acm2.contract.Suspicion;
import dev.acm2.evaluation.InjectionScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the documents that a checked submission takes over from another run, and masks in them what
/// speaks to their judge when that is asked for.
record ReuseFreezer(Documents store) {
  /// All documents are named in one record of the log, with this many suspicions each: fewer when they
  /// are many.
  private static final int MOST_SUSPICIONS = 3;

  private static final int MANY = 300;

  /// @param asked passed [ReuseCheck]
  /// @throws Problem when a document is missing or is no text
  RunSpec.@Nullable Reuse reuse(RunSubmission.@Nullable Reuse asked) {
    if (asked == null) {
      return null;
    }
    boolean mask = requireNonNullElse(asked.maskSuspicions(), false);
    List<@Nullable Reused> all = requireNonNull(asked.outputs());
    int told = all.size() > MANY ? 1 : MOST_SUSPICIONS;
    List<RunSpec.Reused> outputs = new ArrayList<>();
    for (Reused output : all) {
      String field = "reuse.outputs[" + outputs.size() + "]";
      outputs.add(output(field, requireNonNull(output), mask, told));
    }
    return new RunSpec.Reuse(RunId.parse(requireNonNull(asked.run())), List.copyOf(outputs));
  }

  /// @param told the most suspicions that are named
  private RunSpec.Reused output(String field, Reused asked, boolean mask, int told) {
    Artifact found = store.text(field + ".artifact", requireNonNull(asked.artifact()));
    String text = new String(found.content(), StandardCharsets.UTF_8);
    List<Suspicion> suspicions = InjectionScan.of(text);
    boolean masked = mask && !suspicions.isEmpty();
    String judged = masked ? InjectionScan.masked(text) : text;
    return new RunSpec.Reused(
      Texts.fileName(field + ".document", asked.document()),
      ModelId.parse(requireNonNull(asked.model())),
      requireNonNull(asked.iteration()),
      masked ? store.storeText(judged) : found.ref(),
      preview(judged),
      suspicions.stream().limit(told).toList(),
      masked ? found.ref() : null,
      asked.earlierScore()
    );
  }

  private static String preview(String text) {
    int longest = CallResult.Document.PREVIEW_LENGTH;
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }
}
