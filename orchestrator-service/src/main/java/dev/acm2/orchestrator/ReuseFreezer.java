package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Reused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the documents that a checked submission takes over from another run.
record ReuseFreezer(Documents store) {
  /// @param asked passed [ReuseCheck]
  /// @throws Problem when a document is missing or is no text
  RunSpec.@Nullable Reuse reuse(RunSubmission.@Nullable Reuse asked) {
    if (asked == null) {
      return null;
    }
    List<RunSpec.Reused> outputs = new ArrayList<>();
    for (Reused output : requireNonNull(asked.outputs())) {
      String field = "reuse.outputs[" + outputs.size() + "]";
      outputs.add(output(field, requireNonNull(output)));
    }
    return new RunSpec.Reuse(RunId.parse(requireNonNull(asked.run())), List.copyOf(outputs));
  }

  private RunSpec.Reused output(String field, Reused asked) {
    Artifact found = store.text(field + ".artifact", requireNonNull(asked.artifact()));
    return new RunSpec.Reused(
      Texts.fileName(field + ".document", asked.document()),
      ModelId.parse(requireNonNull(asked.model())),
      requireNonNull(asked.iteration()),
      found.ref(),
      preview(new String(found.content(), StandardCharsets.UTF_8))
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
