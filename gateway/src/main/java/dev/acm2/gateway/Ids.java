package dev.acm2.gateway;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parameters of requests, as what they are, or a problem that says what is wrong with them.
final class Ids {

  private static final int MAX_LIMIT = 1000;
  private static final int MAX_RUNS = 100;

  private Ids() {}

  static RunId run(String text) {
    return run(text, "id");
  }

  private static RunId run(String text, String field) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("the id of a run", text, field);
    }
  }

  /// The runs of a parameter `run` that is given 1 to 100 times.
  static List<RunId> runs(@Nullable List<String> texts) {
    if (texts == null || texts.isEmpty() || texts.size() > MAX_RUNS) {
      throw ProblemException.invalidField("run", "run must be given 1 to " + MAX_RUNS + " times");
    }
    return texts
      .stream()
      .map(text -> run(text, "run"))
      .toList();
  }

  static CallId call(String text) {
    try {
      return CallId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("the id of a call", text, "id");
    }
  }

  static ModelId model(String text) {
    try {
      return ModelId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidId("a model", text, "id");
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
      throw ProblemException.invalidId("a SHA-256 digest", text, "id");
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
