package dev.acm2.projection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long after their deadlines calls were ended: a histogram of those that timed out.
///
/// @param calls how many by the upper bound in milliseconds; bounds without calls are left out
public record Overshoot(@JsonValue SortedMap<Integer, Integer> calls) {
  /// Upper bounds in milliseconds; the last one takes all the rest.
  public static final List<Integer> BOUNDS = List.of(
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    150,
    200,
    250,
    300,
    400,
    500,
    750,
    1000,
    2000,
    5000,
    10_000,
    Integer.MAX_VALUE
  );

  public static final Overshoot NONE = new Overshoot(new TreeMap<>());

  /// Copies the map, without the bounds that have no calls.
  @JsonCreator
  public Overshoot(SortedMap<Integer, Integer> calls) {
    SortedMap<Integer, Integer> counted = new TreeMap<>(calls);
    counted.values().removeIf(count -> count == 0);
    this.calls = Collections.unmodifiableSortedMap(counted);
  }

  static Overshoot of(CallView call) {
    if (
      call.state() != CallState.TIMED_OUT || call.deadlineAt() == null || call.enforcedAt() == null
    ) {
      return NONE;
    }
    Duration over = Duration.between(call.deadlineAt(), call.enforcedAt());
    int bound = BOUNDS.stream()
      .filter(upper -> over.compareTo(Duration.ofMillis(upper)) <= 0)
      .findFirst()
      .orElse(Integer.MAX_VALUE);
    return new Overshoot(new TreeMap<>(Map.of(bound, 1)));
  }

  public Overshoot plus(Overshoot other) {
    return combine(other, 1);
  }

  public Overshoot minus(Overshoot other) {
    return combine(other, -1);
  }

  private Overshoot combine(Overshoot other, int sign) {
    if (other.calls.isEmpty()) {
      return this;
    }
    SortedMap<Integer, Integer> sum = new TreeMap<>(calls);
    other.calls.forEach((bound, count) -> sum.merge(bound, sign * count, Integer::sum));
    return new Overshoot(sum);
  }
}
