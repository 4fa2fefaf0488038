package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a successful call was made for.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallResult.Document.class, name = "document"),
  @JsonSubTypes.Type(value = CallResult.Scores.class, name = "scores"),
  @JsonSubTypes.Type(value = CallResult.Preference.class, name = "preference"),
})
public sealed interface CallResult {
  /// A generated or combined document.
  ///
  /// @param preview the first characters of the text, at most [#PREVIEW_LENGTH]
  /// @param suspicions passages of the text that speak to its judge, by their positions; absent means none
  record Document(
    ArtifactRef output,
    String preview,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Suspicion> suspicions
  ) implements CallResult {
    public static final int PREVIEW_LENGTH = 200;

    public Document {
      suspicions = Objects.requireNonNullElse(suspicions, List.of());
    }

    public Document(ArtifactRef output, String preview) {
      this(output, preview, List.of());
    }
  }

  /// A judge's scores of one document, one entry a criterion.
  record Scores(List<Score> scores) implements CallResult {}

  /// One criterion's score.
  record Score(String criterion, int score, String reason) {}

  /// A judge's preference between two documents.
  ///
  /// @param winner the call id of the preferred document, null for a tie
  record Preference(@Nullable CallId winner, String reason) implements CallResult {}
}
