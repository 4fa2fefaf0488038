import type { Row } from "./layout.ts";
import type { Range } from "./view.ts";

/** The whole run in a strip: how many calls were under way, and where calls ended badly. */
export interface Crowd {
  /** Calls under way in each slice, oldest first. */
  active: readonly number[];
  /** Calls that ended failed or timed out, in each slice. */
  failed: readonly number[];
  /** The highest of `active`, at least 1. */
  most: number;
}

export function crowdOf(rows: readonly Row[], { from, to }: Range, slices: number): Crowd {
  const steps = new Float64Array(slices + 1);
  const failed = new Array<number>(slices).fill(0);
  const slice = (at: number) =>
    Math.min(slices - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * slices)));
  for (const { bars } of rows)
    for (const { call, from: begin, to: end } of bars) {
      const released = call.dispatchedAt;
      if (released === null) continue;
      const first = slice(Math.max(begin, Date.parse(released)));
      const last = slice(Math.min(end, to));
      steps[first] = (steps[first] ?? 0) + 1;
      steps[last + 1] = (steps[last + 1] ?? 0) - 1;
      if (call.state === "FAILED" || call.state === "TIMED_OUT")
        failed[last] = (failed[last] ?? 0) + 1;
    }
  let count = 0;
  const active = Array.from({ length: slices }, (_, index) => (count += steps[index] ?? 0));
  return { active, failed, most: active.reduce((most, each) => Math.max(most, each), 1) };
}
