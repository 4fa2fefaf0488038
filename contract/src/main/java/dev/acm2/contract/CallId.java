package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Identity of a planned call: 32 hexadecimal digits, a digest of the run and of the call's place in
/// its plan. The same plan gives the same ids, whoever computes them and however often.
public record CallId(@JsonValue String value) implements Comparable<CallId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final int LENGTH = 32;

  /// @throws IllegalArgumentException when the value is not 32 lower case hexadecimal digits
  public CallId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a call id: " + value);
    }
  }

  @JsonCreator
  public static CallId parse(String text) {
    return new CallId(text);
  }

  /// The id of a place in the plan. Parts are length-prefixed before hashing, so that no two places
  /// can run into each other ("a","bc" and "ab","c").
  public static CallId of(RunId runId, CallPlace place) {
    StringBuilder text = new StringBuilder();
    for (String part : place.parts(runId)) {
      text.append(part.length()).append(':').append(part);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new CallId(Sha256.hex(bytes).substring(0, LENGTH));
  }

  @Override
  public int compareTo(CallId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
