import { counted } from "./format.ts";

/** Upper bounds in milliseconds to the calls that fell below them; the last bound is open. */
export type Histogram = Readonly<Record<string, number>>;

const OPEN = 2_147_483_647;

/** Below which bound the given share of the calls lies; null when there are none. */
export function quantileBound(histogram: Histogram, share: number): number | null {
  const bounds = Object.entries(histogram)
    .map(([bound, calls]) => ({ bound: Number(bound), calls }))
    .sort((a, b) => a.bound - b.bound);
  const total = bounds.reduce((sum, { calls }) => sum + calls, 0);
  let seen = 0;
  for (const { bound, calls } of bounds) {
    seen += calls;
    if (calls > 0 && seen >= share * total) return bound;
  }
  return null;
}

/** "3 timed out, overshoot p99 ≤ 50 ms": how late the deadlines were enforced. */
export function overshootText(timedOut: number, histogram: Histogram): string {
  const calls = `${counted(timedOut, "call")} timed out`;
  const bound = quantileBound(histogram, 0.99);
  if (bound === null) return calls;
  return `${calls}, overshoot p99 ${bound >= OPEN ? "> 10,000 ms" : `≤ ${bound.toLocaleString("en-US")} ms`}`;
}
