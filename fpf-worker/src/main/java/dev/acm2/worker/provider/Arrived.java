package dev.acm2.worker.provider;

import dev.acm2.contract.Timings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What had come from the provider when the exchange ended, whole or not.
///
/// @param status null when no headers had arrived
/// @param headers by lower case name, the first value of each
public record Arrived(
  @Nullable Integer status,
  Map<String, String> headers,
  byte[] body,
  Timings timings
) {
  private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,60}");
  private static final String UNKNOWN = "application/octet-stream";

  public static Arrived nothing() {
    return new Arrived(null, Map.of(), new byte[0], new Timings(Duration.ZERO, Duration.ZERO));
  }

  @Nullable
  String header(String name) {
    return headers.get(name);
  }

  /// The media type as the provider named it, without parameters.
  public String mediaType() {
    String named = headers.getOrDefault("content-type", UNKNOWN).split(";", 2)[0].strip();
    return MEDIA_TYPE.matcher(named).matches() ? named.toLowerCase(Locale.ROOT) : UNKNOWN;
  }

  Arrived withBody(byte[] other) {
    return new Arrived(status, headers, other, timings);
  }

  Arrived withTimings(Timings other) {
    return new Arrived(status, headers, body, other);
  }
}
