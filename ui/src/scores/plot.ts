import type { RankingRow } from "../api/types.ts";

/** A line of numbers from left to right. */
export interface Axis {
  min: number;
  max: number;
  ticks: number[];
}

const STEPS = [10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000];
const MOST_STEPS = 4;

/**
 * Wide enough for all intervals, with round ticks; null while nothing is rated. At least 200 points
 * wide, so that a small difference does not look like a large one.
 */
export function axisOf(rows: readonly RankingRow[]): Axis | null {
  const values = rows.flatMap(({ low, high, bradleyTerry }) =>
    [low, high, bradleyTerry].filter((value) => value !== null),
  );
  if (values.length === 0) return null;
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max(100, (Math.max(...values) - Math.min(...values)) / 2);
  const step = STEPS.find((each) => (2 * half) / each < MOST_STEPS) ?? 10_000;
  const min = Math.floor((middle - half) / step) * step;
  const max = Math.ceil((middle + half) / step) * step;
  const ticks = Array.from(
    { length: Math.round((max - min) / step) + 1 },
    (_, i) => min + i * step,
  );
  return { min, max, ticks };
}

/** Where a value is on the axis, in percent. */
export function placeOn(axis: Axis, value: number): number {
  return ((value - axis.min) / (axis.max - axis.min)) * 100;
}

export interface Interval {
  from: number;
  to: number;
  at: number;
  /** Whether it reaches into the interval of the first one: then the first place is not settled. */
  overlaps: boolean;
}

/** In percent of the axis; null for a document without a vote. */
export function intervalOf(axis: Axis, row: RankingRow, first: RankingRow): Interval | null {
  const { low, high, bradleyTerry } = row;
  if (low === null || high === null || bradleyTerry === null) return null;
  return {
    from: placeOn(axis, low),
    to: placeOn(axis, high),
    at: placeOn(axis, bradleyTerry),
    overlaps: row !== first && first.low !== null && high > first.low,
  };
}

/** How strong the colour of a value is beside the greatest one, from 0 to 1. */
export function strengthOf(value: number, greatest: number): number {
  return greatest === 0 ? 0 : Math.min(1, Math.abs(value) / greatest);
}
