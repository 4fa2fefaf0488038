/** Which stretch of time is looked at. All pure: times in milliseconds of the epoch. */

export interface Range {
  from: number;
  /** Later than `from`. */
  to: number;
}

/** All of the run, the last stretch before now, or a stretch that stands still. */
export type Look =
  { kind: "all" } | { kind: "latest"; span: number } | { kind: "range"; range: Range };

export const ALL: Look = { kind: "all" };

/** Durations are shown in whole seconds, so a closer look would show nothing more. */
const LEAST_SPAN = 4_000;

/** The stretch that the look means while the run spans `whole`. */
export function rangeOf(look: Look, whole: Range): Range {
  switch (look.kind) {
    case "all":
      return whole;
    case "latest":
      return within({ from: whole.to - look.span, to: whole.to }, whole);
    case "range":
      return within(look.range, whole);
  }
}

/** A look at the range; one that reaches the end goes on with it, one of everything stays so. */
export function lookAt(range: Range, whole: Range): Look {
  const { from, to } = within(range, whole);
  const atEnd = to >= whole.to;
  if (atEnd && from <= whole.from) return ALL;
  return atEnd ? { kind: "latest", span: to - from } : { kind: "range", range: { from, to } };
}

/** Above 1 closer, below 1 further; the instant `at` keeps its place. */
export function zoomed(range: Range, factor: number, at: number, whole: Range): Range {
  const span = range.to - range.from;
  const next = Math.min(whole.to - whole.from, Math.max(LEAST_SPAN, span / factor));
  const share = (at - range.from) / span;
  const from = at - share * next;
  return within({ from, to: from + next }, whole);
}

export function panned(range: Range, by: number, whole: Range): Range {
  return within({ from: range.from + by, to: range.to + by }, whole);
}

/** The range moved by as little as shows the stretch; of one that does not fit, its start. */
export function revealing(range: Range, stretch: Range, whole: Range): Range {
  const margin = (range.to - range.from) * 0.05;
  if (stretch.from < range.from || stretch.to - stretch.from > range.to - range.from)
    return panned(range, stretch.from - margin - range.from, whole);
  if (stretch.to > range.to) return panned(range, stretch.to + margin - range.to, whole);
  return range;
}

function within(range: Range, whole: Range): Range {
  const span = Math.min(range.to - range.from, whole.to - whole.from);
  const from = Math.min(Math.max(range.from, whole.from), whole.to - span);
  return { from, to: from + span };
}

const S = 1_000;
const M = 60 * S;
const H = 60 * M;
const STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((n) => [n * S, n * M])
  .concat([H, 2 * H, 3 * H, 6 * H, 12 * H, 24 * H])
  .sort((a, b) => a - b);

/** Where the time axis has its marks: round durations since `origin`, at most `most` of them. */
export function ticksOf({ from, to }: Range, origin: number, most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  const step = STEPS.find((each) => each >= least) ?? Math.ceil(least / (24 * H)) * 24 * H;
  const first = Math.ceil((from - origin) / step);
  const last = Math.floor((to - origin) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => origin + (first + index) * step);
}

export function xOf(at: number, { from, to }: Range, width: number): number {
  return ((at - from) / (to - from)) * width;
}

export function timeAt(x: number, { from, to }: Range, width: number): number {
  return from + (x / width) * (to - from);
}
