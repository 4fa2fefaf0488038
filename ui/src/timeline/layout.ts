import type { CallView } from "../api/types.ts";
import { releasesOf, timesOf, workerOf } from "./releases.ts";

/** Which call stands in which row. Pure; 100,000 calls are laid out in well under a second. */

export type Grouping = "worker" | "model" | "document";

/** A row for each call, or calls that do not overlap share a row. */
export type Density = "rows" | "packed";

export interface Bar {
  call: CallView;
  /** The only epoch that the bar shows; left out: all of them. */
  epoch?: number;
  from: number;
  /** Infinity while what it shows has not ended. */
  to: number;
}

export interface Row {
  group: string;
  /** Of a heading, the bars of its group together. */
  calls: number;
  /** In the order of time, never overlapping; a heading has none. */
  bars: readonly Bar[];
}

export interface Layout {
  rows: readonly Row[];
  /** The earliest and latest instant that is known; both null without any bar. */
  from: number | null;
  to: number | null;
  /** Calls without a place: not yet released when packed, or of unknown times. */
  unplaced: number;
}

const NOWHERE: Record<Grouping, string> = {
  worker: "No worker yet",
  model: "Unknown model",
  document: "Unknown document",
};

function groupOf(bar: Bar, grouping: Grouping): string {
  const { model, document } = bar.call;
  return (
    (grouping === "worker" ? workerOf(bar) : { model, document }[grouping]) ?? NOWHERE[grouping]
  );
}

export function layoutOf(calls: Iterable<CallView>, grouping: Grouping, density: Density): Layout {
  const groups = new Map<string, Bar[]>();
  let [from, to, unplaced] = [Infinity, -Infinity, 0];
  for (const call of calls) {
    const { bars, waits } = density === "packed" ? epochsOf(call) : wholeOf(call);
    if (waits) unplaced++;
    for (const bar of bars) {
      from = Math.min(from, bar.from);
      to = Math.max(to, bar.to === Infinity ? bar.from : bar.to);
      const name = groupOf(bar, grouping);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [bar]);
      else group.push(bar);
    }
  }
  const rows = [...groups]
    .sort(([a], [b]) => byName(a, b, NOWHERE[grouping]))
    .flatMap(([name, bars]) => rowsOf(name, bars, density));
  return from === Infinity
    ? { rows, from: null, to: null, unplaced }
    : { rows, from, to, unplaced };
}

interface Shown {
  bars: readonly Bar[];
  /** Whether the call has no place now. */
  waits: boolean;
}

/** One bar, from the first time that the call waited. */
function wholeOf(call: CallView): Shown {
  const { queued, released, ended } = timesOf(call);
  const from = queued ?? released;
  if (from === null) return { bars: [], waits: true };
  const to = Math.max(from, ended ?? Infinity);
  return { bars: [{ call, from, to }], waits: false };
}

/** A bar from each release to its end: calls that wait all overlap, and would take the place of others. */
function epochsOf(call: CallView): Shown {
  const bars: Bar[] = [];
  for (const { epoch, released, ended } of releasesOf(call))
    if (released !== null)
      bars.push({ call, epoch, from: released, to: Math.max(released, ended ?? Infinity) });
  return { bars, waits: call.dispatchedAt === null };
}

function byName(a: string, b: string, last: string): number {
  if (a === last || b === last) return Number(a === last) - Number(b === last);
  return NAMES.compare(a, b);
}

const NAMES = new Intl.Collator("en", { numeric: true });

function rowsOf(group: string, bars: Bar[], density: Density): Row[] {
  const heading: Row = { group, calls: bars.length, bars: [] };
  if (density === "packed") {
    bars.sort((a, b) => a.from - b.from || byId(a, b));
    return [heading, ...packed(bars).map((row) => ({ group, calls: row.length, bars: row }))];
  }
  const keyed = bars.map((bar) => ({ bar, key: timesOf(bar.call).released ?? Infinity }));
  // Two calls that wait have no difference: Infinity - Infinity is not a number.
  keyed.sort((a, b) => (a.key === b.key ? byId(a.bar, b.bar) : a.key - b.key));
  return [heading, ...keyed.map(({ bar }) => ({ group, calls: 1, bars: [bar] }))];
}

function byId(a: Bar, b: Bar): number {
  if (a.call.callId === b.call.callId) return (a.epoch ?? 0) - (b.epoch ?? 0);
  return a.call.callId < b.call.callId ? -1 : 1;
}

/** Each bar into the row that has been free for longest, or a new one. */
function packed(bars: readonly Bar[]): Bar[][] {
  const rows: Bar[][] = [];
  const ends = new EarliestEnd();
  for (const bar of bars) {
    const free = ends.min();
    const row = free !== null && free.end <= bar.from ? ends.take() : rows.length;
    (rows[row] ??= []).push(bar);
    ends.add(row, bar.to);
  }
  return rows;
}

/** A binary heap: thousands of rows are open at once when thousands of calls are in flight. */
class EarliestEnd {
  readonly #heap: { row: number; end: number }[] = [];

  min(): { row: number; end: number } | null {
    return this.#heap[0] ?? null;
  }

  add(row: number, end: number): void {
    const heap = this.#heap;
    let at = heap.push({ row, end }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  /** Removes the earliest; there must be one. */
  take(): number {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) throw new Error("no row is open");
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.row;
  }

  #sink(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const child = this.#end(left + 1) < this.#end(left) ? left + 1 : left;
      if (!this.#swapIfLess(child, at)) return;
      at = child;
    }
  }

  #end(at: number): number {
    return this.#heap[at]?.end ?? Infinity;
  }

  #swapIfLess(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (a === undefined || b === undefined || a.end >= b.end) return false;
    this.#heap[lower] = b;
    this.#heap[upper] = a;
    return true;
  }
}
