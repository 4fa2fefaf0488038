import type { Row } from "./layout.ts";
import type { Place } from "./visible.ts";

/** Where the keys lead from bar to bar; null when there is nothing in that direction. */

export function firstPlace(rows: readonly Row[]): Place | null {
  return nextRow(rows, -1, 1, 0);
}

export function lastPlace(rows: readonly Row[]): Place | null {
  return nextRow(rows, rows.length, -1, 0);
}

/** The neighbour in the same row. */
export function sideways(rows: readonly Row[], { row, bar }: Place, step: 1 | -1): Place | null {
  const next = bar + step;
  return rows[row]?.bars[next] === undefined ? null : { row, bar: next };
}

/** So many rows with bars down (or up): there, the bar nearest in time. */
export function upOrDown(rows: readonly Row[], place: Place, steps: number): Place | null {
  const at = rows[place.row]?.bars[place.bar]?.from ?? 0;
  const direction = steps < 0 ? -1 : 1;
  let found: Place | null = null;
  for (let left = Math.abs(steps); left > 0; left--) {
    const next = nextRow(rows, found?.row ?? place.row, direction, at);
    if (next === null) break;
    found = next;
  }
  return found;
}

function nextRow(rows: readonly Row[], from: number, step: 1 | -1, at: number): Place | null {
  for (let row = from + step; row >= 0 && row < rows.length; row += step) {
    const bars = rows[row]?.bars ?? [];
    if (bars.length === 0) continue;
    const after = bars.findIndex((bar) => bar.to >= at);
    return { row, bar: after < 0 ? bars.length - 1 : after };
  }
  return null;
}

/** What a place is kept by while rows change: a call, and the epoch of it where each has a bar. */
export interface Kept {
  callId: string;
  epoch?: number;
}

/** Where the bar is, or else another one of its call. */
export function placeOf(rows: readonly Row[], kept: Kept | null): Place | null {
  let other: Place | null = null;
  if (kept === null) return null;
  for (const [row, { bars }] of rows.entries())
    for (const [bar, { call, epoch }] of bars.entries()) {
      if (call.callId !== kept.callId) continue;
      if (epoch === kept.epoch) return { row, bar };
      other ??= { row, bar };
    }
  return other;
}
