import type { Bar, Row } from "./layout.ts";
import { releasesOf, type Release } from "./releases.ts";
import type { Range } from "./view.ts";

/** The whole run in a strip: how many calls were under way, and where something ended badly. */
export interface Crowd {
  /** The most calls that were under way at a time in each slice, oldest first. */
  active: readonly number[];
  /** Epochs of calls that failed, timed out or lost their worker, in each slice. */
  failed: readonly number[];
  /** The highest of `active`, at least 1. */
  most: number;
}

const BAD: ReadonlySet<Release["state"]> = new Set(["FAILED", "TIMED_OUT", "LOST"] as const);

export function crowdOf(rows: readonly Row[], range: Range, slices: number): Crowd {
  const { from, to } = range;
  const failed = new Array<number>(slices).fill(0);
  const begins: number[] = [];
  const ends: number[] = [];
  for (const { bars } of rows)
    for (const bar of bars)
      for (const { begin, end, bad } of stretchesOf(bar)) {
        const last = Math.min(end, to);
        begins.push(Math.max(from, begin));
        ends.push(last);
        if (!bad) continue;
        const slice = Math.floor(((last - from) / (to - from)) * slices);
        const index = Math.min(slices - 1, Math.max(0, slice));
        failed[index] = (failed[index] ?? 0) + 1;
      }
  const active = busiest(begins, ends, range, slices);
  return { active, failed, most: active.reduce((most, each) => Math.max(most, each), 1) };
}

/** While the call was released: in each epoch that the bar shows. */
function stretchesOf(bar: Bar): { begin: number; end: number; bad: boolean }[] {
  const stretches = [];
  for (const { epoch, released, ended, state } of releasesOf(bar.call)) {
    if (released === null || (bar.epoch ?? epoch) !== epoch) continue;
    const isPresent = epoch === bar.call.epoch;
    stretches.push({
      begin: isPresent ? Math.max(bar.from, released) : released,
      end: isPresent ? bar.to : Math.max(released, ended ?? released),
      bad: BAD.has(state),
    });
  }
  return stretches;
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
