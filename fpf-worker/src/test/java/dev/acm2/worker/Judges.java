package dev.acm2.worker;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Judging;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What judges are given in tests.
public final class Judges {

  public static final Rubric RUBRIC = new Rubric(
    "default",
    1,
    List.of(
      new Criterion("accuracy", "No claim is wrong.", BigDecimal.ONE, 1, 5),
      new Criterion("clarity", "It reads well.", BigDecimal.TWO, 1, 5)
    )
  );

  private Judges() {}

  /// @param documents that are judged, after the source
  public static Prompt prompt(ArtifactStore store, Judging judging, String... documents) {
    List<ArtifactRef> inputs = Stream.concat(Stream.of("The source."), Arrays.stream(documents))
      .map(text -> put(store, text, "text/markdown"))
      .toList();
    ArtifactRef rubric = put(
      store,
      ContractJson.EVENTS.writeValueAsString(judging),
      "application/vnd.acm2.judging+json"
    );
    return new Prompt(put(store, "Write it.", "text/markdown"), inputs, rubric);
  }

  private static ArtifactRef put(ArtifactStore store, String text, String mediaType) {
    return store.put(text.getBytes(StandardCharsets.UTF_8), mediaType);
  }

  /// A valid verdict.
  public static String scores(int accuracy, String reason) {
    return (
      "{\"evaluations\":[{\"criterion\":\"accuracy\",\"reason\":\"" +
      reason +
      "\",\"score\":" +
      accuracy +
      "},{\"criterion\":\"clarity\",\"reason\":\"It flows.\",\"score\":5}]}"
    );
  }
}
