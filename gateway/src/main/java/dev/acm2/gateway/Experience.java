package dev.acm2.gateway;

import dev.acm2.contract.Usd;
import dev.acm2.gateway.RunEstimate.ModelEstimate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What past calls tell of one part of a plan. Pure.
///
/// @param times of past calls, shortest first
/// @param cost of all of them together
record Experience(Plan.Part part, List<Duration> times, Usd cost) {
  static Experience of(Plan.Part part, List<PastCall> past) {
    List<PastCall> same = past
      .stream()
      .filter(call -> call.phase() == part.phase() && call.model().equals(part.model()))
      .toList();
    return new Experience(
      part,
      same.stream().map(PastCall::time).sorted().toList(),
      same.stream().map(PastCall::cost).reduce(Usd.ZERO, Usd::plus)
    );
  }

  /// The time that a share of the past calls took at most, by the nearest rank; null without any.
  ///
  /// @param share above 0, at most 1
  @Nullable
  Duration time(double share) {
    int rank = (int) Math.ceil(share * times.size());
    return times.isEmpty() ? null : times.get(Math.max(0, rank - 1));
  }

  /// The mean cost of a past call for each call, between min and max of the plan; null without past calls.
  @Nullable
  Usd likely() {
    if (times.isEmpty()) {
      return null;
    }
    Usd all = new Usd(Math.multiplyExact(cost.nanos(), part.calls()) / times.size());
    Usd atLeastMin = all.max(part.minUsd());
    return atLeastMin.compareTo(part.maxUsd()) > 0 ? part.maxUsd() : atLeastMin;
  }

  /// What counts in sums: the likely cost, or the middle of min and max where nothing is known.
  Usd expected() {
    Usd likely = likely();
    return likely == null ? new Usd(part.minUsd().plus(part.maxUsd()).nanos() / 2) : likely;
  }

  ModelEstimate estimate() {
    return new ModelEstimate(
      part.model(),
      part.phase(),
      part.calls(),
      part.minUsd(),
      likely(),
      part.maxUsd(),
      times.size(),
      time(0.5),
      time(0.9)
    );
  }
}
