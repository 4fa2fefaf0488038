package dev.acm2.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run would need, as the gateway tells it.
record Estimate(
  int calls,
  List<Model> models,
  BigDecimal minUsd,
  BigDecimal likelyUsd,
  BigDecimal maxUsd,
  @Nullable Duration minTime,
  @Nullable Duration likelyTime,
  @Nullable Duration maxTime,
  boolean withinBudget,
  BigDecimal maxCostUsd,
  int maxPaidCalls
) {
  /// The calls of a model in a phase together.
  record Model(
    String model,
    String phase,
    int calls,
    BigDecimal minUsd,
    @Nullable BigDecimal likelyUsd,
    BigDecimal maxUsd,
    int pastCalls,
    @Nullable Duration p50,
    @Nullable Duration p90
  ) {}

  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
      List.of("PHASE", "MODEL", "CALLS", "MIN", "LIKELY", "MAX", "PAST CALLS", "HALF", "9 OF 10")
    );
    models.forEach(model -> rows.add(row(model)));
    List<String> lines = new ArrayList<>(Format.table(rows));
    lines.add(
      "%d calls  cost %s to %s, likely %s".formatted(
        calls,
        Format.money(minUsd),
        Format.money(maxUsd),
        Format.money(likelyUsd)
      )
    );
    lines.add(
      minTime == null
        ? "time unknown: a model has no past calls"
        : "time %s to %s, likely %s".formatted(time(minTime), time(maxTime), time(likelyTime))
    );
    lines.add(
      "%s the limits of %d requests and %s".formatted(
        withinBudget ? "within" : "MAY EXCEED",
        maxPaidCalls,
        Format.money(maxCostUsd)
      )
    );
    return lines;
  }

  private static List<String> row(Model model) {
    BigDecimal likely = model.likelyUsd();
    return List.of(
      model.phase(),
      Format.line(model.model()),
      Integer.toString(model.calls()),
      Format.money(model.minUsd()),
      likely == null ? "-" : Format.money(likely),
      Format.money(model.maxUsd()),
      Integer.toString(model.pastCalls()),
      time(model.p50()),
      time(model.p90())
    );
  }

  private static String time(@Nullable Duration time) {
    return time == null ? "-" : Format.duration(time);
  }
}
