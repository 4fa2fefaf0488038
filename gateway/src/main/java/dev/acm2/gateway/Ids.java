package dev.acm2.gateway;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import org.jspecify.annotations.Nullable;

/// Parameters of requests, as what they are, or a problem that says what is wrong with them.
final class Ids {

  private static final int MAX_LIMIT = 1000;

  private Ids() {}

  static RunId run(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("the id of a run", text);
    }
  }

  static CallId call(String text) {
    try {
      return CallId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("the id of a call", text);
    }
  }

  static ModelId model(String text) {
    try {
      return ModelId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("a model", text);
    }
  }

  static Phase phase(String text) {
    try {
      return Phase.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidField("phase", "there is no phase " + text);
    }
  }

  static Level level(String text) {
    try {
      return Level.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidLevel(text);
    }
  }

  static String sha256(String text) {
    if (!ArtifactRef.isSha256(text)) {
      throw ProblemException.invalidId("a SHA-256 digest", text);
    }
    return text;
  }

  static int limit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalidCursor("limit must be 1 to " + MAX_LIMIT, "limit");
    }
    return limit;
  }

  static @Nullable CallState state(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return CallState.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidState(text);
    }
  }
}
