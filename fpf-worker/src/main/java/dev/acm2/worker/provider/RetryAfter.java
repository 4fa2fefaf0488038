package dev.acm2.worker.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After`: seconds or an HTTP date.
final class RetryAfter {

  /// Longer pauses say no more than this one: no call lives that long.
  static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,18}");

  private RetryAfter() {}

  /// From 0 to [#LONGEST]; null for no header and for one that makes no sense.
  static @Nullable Duration read(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    return SECONDS.matcher(text).matches()
      ? clamp(Duration.ofSeconds(Long.parseLong(text)))
      : fromDate(text, now);
  }

  private static @Nullable Duration fromDate(String text, Instant now) {
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return clamp(Duration.between(now, until));
    } catch (DateTimeException nonsense) {
      // A header that cannot be read asks for nothing; the own backoff applies.
      return null;
    }
  }

  private static Duration clamp(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
