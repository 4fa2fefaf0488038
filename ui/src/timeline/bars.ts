import type { Bar, Row } from "./layout.ts";
import { xOf, type Range } from "./view.ts";
import type { Place } from "./visible.ts";

/** Where a bar stands in the rows, and where its visible part lies. */

/** What is smaller than this cannot be seen or hit. */
const LEAST = 8;

export function barOf(rows: readonly Row[], place: Place | null): Bar | undefined {
  return place === null ? undefined : rows[place.row]?.bars[place.bar];
}

export function middleOf(bar: Bar, range: Range, now: number): number {
  const [from, to] = [Math.max(bar.from, range.from), Math.min(bar.to, now, range.to)];
  return Math.min(range.to, Math.max(range.from, (from + to) / 2));
}

export function leftOf(bar: Bar, range: Range, width: number): number {
  return Math.min(width - LEAST, Math.max(0, xOf(bar.from, range, width)));
}

export function widthOf(bar: Bar, range: Range, width: number, now: number): number {
  const right = Math.min(width, xOf(Math.min(bar.to, now), range, width));
  return Math.max(LEAST, right - leftOf(bar, range, width));
}
