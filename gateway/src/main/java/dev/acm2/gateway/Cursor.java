package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// Where a page ended. Opaque to clients; whatever is not one of ours is refused.
final class Cursor {

  private Cursor() {}

  /// The last run of a page.
  record RunPlace(Instant requestedAt, RunId runId) {
    String encoded() {
      return encode(requestedAt + "|" + runId);
    }
  }

  static RunPlace run(String text) {
    try {
      String[] parts = decode(text).split("\\|", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("two parts are due");
      }
      return new RunPlace(Instant.parse(parts[0]), RunId.parse(parts[1]));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw forged();
    }
  }

  static String call(CallId last) {
    return encode(last.value());
  }

  static CallId call(String text) {
    try {
      return CallId.parse(decode(text));
    } catch (IllegalArgumentException e) {
      throw forged();
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
      .withoutPadding()
      .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static ProblemException forged() {
    return ProblemException.invalidCursor("not a cursor of this list", "cursor");
  }
}
