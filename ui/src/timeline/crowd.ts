import type { Row } from "./layout.ts";
import type { Range } from "./view.ts";

/** The whole run in a strip: how many calls were under way, and where calls ended badly. */
export interface Crowd {
  /** The most calls that were under way at a time in each slice, oldest first. */
  active: readonly number[];
  /** Calls that ended failed or timed out, in each slice. */
  failed: readonly number[];
  /** The highest of `active`, at least 1. */
  most: number;
}

export function crowdOf(rows: readonly Row[], range: Range, slices: number): Crowd {
  const { from, to } = range;
  const failed = new Array<number>(slices).fill(0);
  const begins: number[] = [];
  const ends: number[] = [];
  for (const { bars } of rows)
    for (const { call, from: begin, to: end } of bars) {
      if (call.dispatchedAt === null) continue;
      const last = Math.min(end, to);
      begins.push(Math.max(from, begin, Date.parse(call.dispatchedAt)));
      ends.push(last);
      if (call.state !== "FAILED" && call.state !== "TIMED_OUT") continue;
      const slice = Math.floor(((last - from) / (to - from)) * slices);
      const index = Math.min(slices - 1, Math.max(0, slice));
      failed[index] = (failed[index] ?? 0) + 1;
    }
  const active = busiest(begins, ends, range, slices);
  return { active, failed, most: active.reduce((most, each) => Math.max(most, each), 1) };
}

/** Whoever ends at an instant is gone before the next one begins at it: a slot is not used twice. */
function busiest(begins: number[], ends: number[], { from, to }: Range, slices: number): number[] {
  const [starts, stops] = [Float64Array.from(begins).sort(), Float64Array.from(ends).sort()];
  let [started, stopped] = [0, 0];
  return Array.from({ length: slices }, (_, index) => {
    const end = index === slices - 1 ? Infinity : from + ((to - from) * (index + 1)) / slices;
    let most = started - stopped;
    for (; (starts[started] ?? Infinity) < end; started++) {
      while ((stops[stopped] ?? Infinity) <= (starts[started] ?? Infinity)) stopped++;
      most = Math.max(most, started + 1 - stopped);
    }
    while ((stops[stopped] ?? Infinity) < end) stopped++;
    return most;
  });
}
