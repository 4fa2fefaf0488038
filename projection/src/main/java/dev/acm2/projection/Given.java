package dev.acm2.projection;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call gave in the epoch that counts: a document, or what a judge said.
record Given(
  @Nullable ArtifactRef output,
  @Nullable String preview,
  List<Suspicion> suspicions,
  @Nullable CallResult verdict
) {
  static final Given NOTHING = new Given(null, null, List.of(), null);

  static Given of(CallResult result) {
    return switch (result) {
      case CallResult.Document(var output, var preview, var suspicions) -> new Given(
        output,
        preview,
        suspicions,
        null
      );
      case CallResult.Scores _, CallResult.Preference _ -> new Given(null, null, List.of(), result);
    };
  }

  static Given of(CallView view) {
    return new Given(view.output(), view.preview(), view.suspicions(), view.result());
  }
}
