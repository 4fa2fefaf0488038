package dev.acm2.providersimulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A valid verdict of an exact size, for tests of whoever judges an answer by its size.
final class SizedVerdict {

  private static final String REASON = "reason";
  /// A reason must say something.
  private static final String SHORTEST = "Ok";
  private static final String FILLING = ", it follows the source closely and leaves little open";

  private SizedVerdict() {}

  /// The verdict with other reasons.
  ///
  /// @throws IllegalArgumentException when it is longer than that with the shortest reasons
  static String of(ObjectNode verdict, int bytes) {
    List<JsonNode> reasoned = verdict.findParents(REASON);
    reasoned.forEach(each -> ((ObjectNode) each).put(REASON, SHORTEST));
    int missing = bytes - verdict.toString().getBytes(StandardCharsets.UTF_8).length;
    if (missing < 0) {
      throw new IllegalArgumentException(
        "no verdict of this schema fits into " + bytes + " bytes, it takes " + (bytes - missing)
      );
    }
    String filling = FILLING.repeat(missing / FILLING.length() + 1).substring(0, missing);
    ((ObjectNode) reasoned.getLast()).put(REASON, SHORTEST + filling);
    return verdict.toString();
  }
}
