package dev.acm2.gateway;

import dev.acm2.contract.LaneView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a lane stands, and how it stood in the hour before.
///
/// It is a pure fold of the lane's views in the order of the log: stretches begin at fixed times, so that a
/// reader that starts later keeps the same samples. Time is the lane's own (`at`); a view that is older than
/// the one before it is no sample. Of each [#STRETCH] at most four are kept: the last one, and before it the
/// first ones with the lowest and the highest limit and with the longest block, where the last one says
/// otherwise. So no dip and no short block is lost, and a lane has at most about 2,900 samples; with a limit that
/// stays, 720.
///
/// @param newest the last view in the log
/// @param past stretches before the current one, oldest first; the first one may be older than [#KEPT], as
///     its last sample held when the hour began
record LaneHistory(LaneView newest, List<Stretch> past, Stretch current) {
  /// As long as every view is on the topic.
  static final Duration KEPT = Duration.ofHours(1);
  static final Duration STRETCH = Duration.ofSeconds(5);

  /// How the lane stood from a moment on, until the next sample.
  ///
  /// @param concurrency calls that could be under way at once, after adaptation
  /// @param inFlight released calls that had not ended
  /// @param waiting calls that waited for their release
  /// @param blockedUntil until then the provider had asked everyone to wait; null for no block
  public record Sample(
    Instant at,
    int concurrency,
    int inFlight,
    long waiting,
    @Nullable Instant blockedUntil
  ) {
    private static Sample of(LaneView view) {
      return new Sample(
        view.at(),
        view.concurrencyNow(),
        view.inFlight(),
        view.waiting(),
        view.blockedUntil()
      );
    }
  }

  static LaneHistory evolve(@Nullable LaneHistory before, LaneView view) {
    return before == null
      ? new LaneHistory(view, List.of(), Stretch.of(Sample.of(view)))
      : before.with(view);
  }

  private LaneHistory with(LaneView view) {
    Sample sample = Sample.of(view);
    if (sample.at().isBefore(current.last().at())) {
      return new LaneHistory(view, past, current);
    }
    if (current.covers(sample.at())) {
      return new LaneHistory(view, past, current.with(sample));
    }
    return new LaneHistory(view, pastAt(sample.at().minus(KEPT)), Stretch.of(sample));
  }

  /// All stretches but those that ended before the one which held at the time.
  private List<Stretch> pastAt(Instant time) {
    List<Stretch> all = new ArrayList<>(past);
    all.add(current);
    int first = 0;
    while (
      first + 1 < all.size() &&
      !all
        .get(first + 1)
        .last()
        .at()
        .isAfter(time)
    ) {
      first++;
    }
    return List.copyOf(all.subList(first, all.size()));
  }

  /// The sample that held at the time, if there is one, and all that came after it; times only rise.
  List<Sample> since(Instant time) {
    List<Sample> all = new ArrayList<>();
    past.forEach(stretch -> all.addAll(stretch.samples()));
    all.addAll(current.samples());
    int first = 0;
    while (
      first + 1 < all.size() &&
      !all
        .get(first + 1)
        .at()
        .isAfter(time)
    ) {
      first++;
    }
    return List.copyOf(all.subList(first, all.size()));
  }

  /// What is kept of [#STRETCH].
  ///
  /// @param lowest the first one with the lowest limit
  /// @param highest the first one with the highest limit
  /// @param blocked the first one with the block that lasts longest, null for none
  record Stretch(Sample lowest, Sample highest, @Nullable Sample blocked, Sample last) {
    private static Stretch of(Sample only) {
      return new Stretch(only, only, longerBlock(null, only), only);
    }

    private boolean covers(Instant time) {
      return number(time) == number(last.at());
    }

    private Stretch with(Sample next) {
      return new Stretch(
        next.concurrency() < lowest.concurrency() ? next : lowest,
        next.concurrency() > highest.concurrency() ? next : highest,
        longerBlock(blocked, next),
        next
      );
    }

    private List<Sample> samples() {
      Map<Instant, Sample> byTime = new TreeMap<>();
      if (blocked != null && last.blockedUntil() == null) {
        byTime.put(blocked.at(), blocked);
      }
      if (highest.concurrency() > last.concurrency()) {
        byTime.put(highest.at(), highest);
      }
      if (lowest.concurrency() < last.concurrency()) {
        byTime.put(lowest.at(), lowest);
      }
      byTime.put(last.at(), last);
      return List.copyOf(byTime.values());
    }

    private static long number(Instant time) {
      return Math.floorDiv(time.toEpochMilli(), STRETCH.toMillis());
    }

    private static @Nullable Sample longerBlock(@Nullable Sample before, Sample next) {
      Instant until = next.blockedUntil();
      Instant known = before == null ? null : before.blockedUntil();
      return until == null || (known != null && !until.isAfter(known)) ? before : next;
    }
  }
}
