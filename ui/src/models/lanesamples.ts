import type { LaneHistories, LaneView } from "../api/types.ts";
import { count, duration } from "./format.ts";

/** How a lane stood from a moment on, until the next sample. Times are milliseconds of the epoch. */
export interface Sample {
  at: number;
  concurrency: number;
  inFlight: number;
  /** The provider had asked everyone to wait until then; null for no block. */
  blockedUntil: number | null;
}

/** By lane, oldest first; no two samples of a lane are of one moment. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

/** How far back the page looks. */
export const WINDOW_MINUTES = 15;
const WINDOW = WINDOW_MINUTES * 60_000;

/** A stretch of time. */
export interface Span {
  from: number;
  to: number;
}

/**
 * The one axis of all lanes. It ends now, or with the newest sample where the browser's clock is
 * behind that of the lanes.
 */
export function windowAt(now: number, samples: Samples): Span {
  const newest = [...samples.values()].map((each) => each.at(-1)?.at ?? now);
  const to = Math.max(now, ...newest);
  return { from: to - WINDOW, to };
}

/** What the gateway tells of the time before. */
export function toldSamples({ lanes }: LaneHistories): Samples {
  return new Map(
    lanes.map(({ lane, samples }) => [
      lane,
      samples.map(({ at, concurrency, inFlight, blockedUntil }) => ({
        at: Date.parse(at),
        concurrency,
        inFlight,
        blockedUntil: blockedUntil === null ? null : Date.parse(blockedUntil),
      })),
    ]),
  );
}

/** Adds how the lanes stand now; one view of a lane is one sample, however often it is read. */
export function withSamples(held: Samples, lanes: readonly LaneView[]): Samples {
  return new Map(
    lanes.map((view) => {
      const known = held.get(view.lane) ?? [];
      const sample = sampleOf(view);
      const newer = sample.at > (known.at(-1)?.at ?? -Infinity);
      return [view.lane, newer ? since([...known, sample], sample.at - WINDOW) : known];
    }),
  );
}

function sampleOf({ at, concurrencyNow, inFlight, blockedUntil }: LaneView): Sample {
  return {
    at: Date.parse(at),
    concurrency: concurrencyNow,
    inFlight,
    blockedUntil: blockedUntil === null ? null : Date.parse(blockedUntil),
  };
}

/** What held at the time, and all that came after it. */
function since(samples: readonly Sample[], time: number): readonly Sample[] {
  const held = samples.findLastIndex(({ at }) => at <= time);
  return held <= 0 ? samples : samples.slice(held);
}

/** All that is known of each lane: what was told and what was seen may overlap. */
export function merged(told: Samples, seen: Samples): Samples {
  const lanes = new Set([...told.keys(), ...seen.keys()]);
  return new Map(
    [...lanes].map((lane) => [lane, inOrder(told.get(lane) ?? [], seen.get(lane) ?? [])]),
  );
}

/** Of two samples of one moment the page's own one counts. */
function inOrder(told: readonly Sample[], seen: readonly Sample[]): Sample[] {
  return [...told, ...seen]
    .sort((a, b) => a.at - b.at)
    .filter(({ at }, index, all) => all[index + 1]?.at !== at);
}

/**
 * What is known of the time between two moments, from the first moment that is known to the end: a
 * sample holds until the next one.
 */
export function knownWithin(samples: readonly Sample[], { from, to }: Span): Sample[] {
  const before = samples.findLast(({ at }) => at <= from);
  const within = samples.filter(({ at }) => at > from && at <= to);
  const known = before === undefined ? within : [{ ...before, at: from }, ...within];
  const last = known.at(-1);
  return last === undefined || last.at === to ? known : [...known, { ...last, at: to }];
}

/** When the provider had the lane wait, oldest first; blocks that touch are one. */
export function blocksOf(samples: readonly Sample[]): Span[] {
  const end = samples.at(-1)?.at ?? 0;
  const blocks: Span[] = [];
  for (const { at, blockedUntil } of samples) {
    const to = Math.min(blockedUntil ?? at, end);
    const last = blocks.at(-1);
    if (last !== undefined && at <= last.to) last.to = Math.max(last.to, to);
    else if (to > at) blocks.push({ from: at, to });
  }
  return blocks;
}

/** "limit 4–10 over 15 m"; "" when nothing is known. */
export function spanText(samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const [least, most] = limitsOf(samples);
  return `limit ${least === most ? "" : `${count(least)}–`}${count(most)} ${overText(samples)}`;
}

/** The same for who listens, with the time that the lane was blocked. */
export function spanWords(samples: readonly Sample[]): string {
  if (samples.length === 0) return "nothing is known of the time before";
  const [least, most] = limitsOf(samples);
  const limit = least === most ? count(most) : `from ${count(least)} to ${count(most)}`;
  const blocked = blocksOf(samples).reduce((sum, { from, to }) => sum + to - from, 0);
  const rest = blocked === 0 ? "" : `, blocked for ${duration(Math.max(1_000, blocked), 2)}`;
  return `limit ${limit} ${overText(samples)}${rest}`;
}

function overText(samples: readonly Sample[]): string {
  const known = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return known < 1_000 ? "just now" : `over ${duration(known, 2)}`;
}

/** The lowest and the highest limit of one sample or more. */
function limitsOf(samples: readonly Sample[]): [least: number, most: number] {
  const limits = samples.map(({ concurrency }) => concurrency);
  return [Math.min(...limits), Math.max(...limits)];
}
