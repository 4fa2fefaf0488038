package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.UUID;

/// Identity of a run: a UUID of version 7, so ids sort by the time of the request.
public record RunId(UUID value) implements Comparable<RunId> {
  /// @throws IllegalArgumentException when the text is not a UUID in its canonical 36 characters
  @JsonCreator
  public static RunId parse(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("not a run id: " + text);
    }
    return new RunId(uuid);
  }

  /// A new id of RFC 9562 version 7.
  ///
  /// @param at becomes the first 48 bits, in milliseconds
  /// @param randomHigh its low 12 bits are used
  /// @param randomLow its low 62 bits are used
  public static RunId of(Instant at, long randomHigh, long randomLow) {
    long high = (at.toEpochMilli() << 16) | 0x7000L | (randomHigh & 0x0fffL);
    long low = (randomLow & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new RunId(new UUID(high, low));
  }

  @Override
  public int compareTo(RunId other) {
    int byHigh = Long.compareUnsigned(
      value.getMostSignificantBits(),
      other.value.getMostSignificantBits()
    );
    return byHigh != 0
      ? byHigh
      : Long.compareUnsigned(
          value.getLeastSignificantBits(),
          other.value.getLeastSignificantBits()
        );
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
