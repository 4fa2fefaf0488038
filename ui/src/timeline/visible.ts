import type { Bar, Row } from "./layout.ts";
import { timeAt, xOf, type Range } from "./view.ts";

/** What of the layout is in view, and what is under a point. Sizes are CSS pixels. */

export interface Box {
  width: number;
  height: number;
  /** How far the rows are scrolled. */
  top: number;
  /** Height of each row. */
  row: number;
}

/** The indices of the rows in view: from the first up to, not including, the last. */
export function visibleRows(count: number, { top, height, row }: Box): [number, number] {
  const first = Math.max(0, Math.floor(top / row));
  return [Math.min(first, count), Math.min(count, Math.ceil((top + height) / row))];
}

/**
 * The bars of a row in view. Of bars that end within a pixel and a half the first one stands for all, so
 * that a row of 10,000 bars costs no more than it has pixels.
 */
export function visibleBars({ bars }: Row, range: Range, width: number): Bar[] {
  const pixel = (range.to - range.from) / Math.max(1, width);
  const shown: Bar[] = [];
  let after = range.from;
  for (let at = endingAfter(bars, after); at < bars.length;) {
    const bar = bars[at];
    if (bar === undefined || bar.from > range.to) break;
    shown.push(bar);
    after = Math.max(bar.to, bar.from) + 1.5 * pixel;
    at = Math.max(at + 1, endingAfter(bars, after, at + 1));
  }
  return shown;
}

/** The first bar from `low` on that ends at the instant or later. */
function endingAfter(bars: readonly Bar[], at: number, low = 0): number {
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.to ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Place {
  row: number;
  bar: number;
}

/** The bar at a point, or within a few pixels of it in its row: a short call can be hit too. */
export function barAt(
  rows: readonly Row[],
  x: number,
  y: number,
  range: Range,
  box: Box,
): Place | null {
  const row = Math.floor((box.top + y) / box.row);
  const bars = rows[row]?.bars ?? [];
  const at = timeAt(x, range, box.width);
  const index = endingAfter(bars, at);
  const near = [index, index - 1]
    .filter((each) => each >= 0 && each < bars.length)
    .map((bar) => ({ bar, distance: distanceTo(bars[bar], x, range, box.width) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near !== undefined && near.distance <= 4 ? { row, bar: near.bar } : null;
}

function distanceTo(bar: Bar | undefined, x: number, range: Range, width: number): number {
  if (bar === undefined) return Infinity;
  const [from, to] = [xOf(bar.from, range, width), xOf(bar.to, range, width)];
  return Math.max(0, from - x, x - to);
}

/** Where the rows must be scrolled to so that the row is in view; as little as possible. */
export function scrollFor(row: number, { top, height, row: size }: Box): number {
  // Its heading may be above it: one row of room to both sides.
  const [above, below] = [(row - 1) * size, (row + 2) * size];
  if (above < top) return Math.max(0, above);
  return below > top + height ? below - height : top;
}
