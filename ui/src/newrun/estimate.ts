import type { Estimate } from "../api/types.ts";
import { count, duration, isoMillis, money } from "../models/format.ts";

/** "$1.20 likely, $0.40 to $8.10"; one amount when there is no range. */
export function costText({ minUsd, likelyUsd, maxUsd }: Estimate): string {
  if (money(minUsd) === money(maxUsd)) return money(maxUsd);
  return `${money(likelyUsd)} likely, ${money(minUsd)} to ${money(maxUsd)}`;
}

/** "4 m likely, 1 m to 18 m"; null while a model has no past calls to learn from. */
export function timeText({ minTime, likelyTime, maxTime }: Estimate): string | null {
  const [min, likely, max] = [minTime, likelyTime, maxTime].map(rough);
  if (min === null || likely === null || max === null) return null;
  return min === max ? `${likely}` : `${likely} likely, ${min} to ${max}`;
}

/** Two units are enough for what nobody can know exactly. */
function rough(iso: string | null | undefined): string | null {
  const ms = iso === null || iso === undefined ? null : isoMillis(iso);
  return ms === null ? null : duration(Math.max(1_000, ms), 2);
}

/** Why the run would stop at its limits; null when it is likely not to. */
export function budgetWarning(estimate: Estimate): string | null {
  if (estimate.withinBudget) return null;
  const { calls, maxPaidCalls, likelyUsd, maxUsd, maxCostUsd } = estimate;
  if (calls > maxPaidCalls)
    return `Over the limit: ${count(calls)} calls, ${count(maxPaidCalls)} paid requests allowed`;
  const cost = likelyUsd > maxCostUsd ? `likely ${money(likelyUsd)}` : `up to ${money(maxUsd)}`;
  return `Over the budget: ${cost}, limit ${money(maxCostUsd)}`;
}
