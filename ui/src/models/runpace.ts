import type { RunPace } from "../api/types.ts";
import { count, counted, secondsShort } from "./format.ts";
import type { Tone } from "./runs.ts";

/** A picture of how a run went over its time: a bar for each stretch, in words and as geometry. */

type Part = "ok" | "bad" | "other";

export type PaceTone = Extract<Tone, "ok" | "failed" | "muted">;

/** From the bottom of a bar to its top. */
const PARTS: { part: Part; tone: PaceTone; word: string }[] = [
  { part: "ok", tone: "ok", word: "ok" },
  { part: "bad", tone: "failed", word: "failed or timed out" },
  { part: "other", tone: "muted", word: "cancelled or skipped" },
];

export interface PartPath {
  tone: PaceTone;
  /** Of all bars together; "" for none. */
  d: string;
}

/** Of the height: one failure in a thousand calls is seen. */
const LEAST = 0.08;

/** Of the width of a stretch, between two bars. */
const GAP = 0.25;

/**
 * A path for each part, bars standing on the lower edge. The highest bar takes the whole height; a
 * part of which there is any call is never invisible.
 */
export function pacePaths(pace: RunPace, width: number, height: number): PartPath[] {
  const top = highest(pace);
  const step = width / pace.ok.length;
  const paths = PARTS.map(({ tone }) => ({ tone, d: "" }));
  for (let stretch = 0; stretch < pace.ok.length; stretch++) {
    let y = height;
    heightsAt(pace, stretch, top, height).forEach((part, index) => {
      const path = paths[index];
      if (part === 0 || path === undefined) return;
      y -= part;
      const [x, w] = [step * (stretch + GAP / 2), step * (1 - GAP)];
      path.d += `M${point(x)} ${point(y)}h${point(w)}v${point(part)}h${point(-w)}z`;
    });
  }
  return paths;
}

/** What is left when each part has its least height goes by their numbers. */
function heightsAt(pace: RunPace, stretch: number, top: number, height: number): number[] {
  const counts = PARTS.map(({ part }) => pace[part][stretch] ?? 0);
  const total = sum(counts);
  if (total === 0) return counts;
  const least = height * LEAST;
  const floor = least * counts.filter((each) => each > 0).length;
  const rest = Math.max(0, (total / top) * height - floor);
  return counts.map((each) => (each === 0 ? 0 : least + (each / total) * rest));
}

/** Calls that ended, over all of the time. */
export function endedOver(pace: RunPace): number {
  return sum(PARTS.map(({ part }) => sum(pace[part])));
}

/** "43 calls ended over 12 m 4 s: 38 ok, 5 failed or timed out; at most 18 in one of 24 stretches". */
export function paceText(pace: RunPace): string {
  const time = secondsShort(Date.parse(pace.to) - Date.parse(pace.from));
  const ended = endedOver(pace);
  if (ended === 0) return `No call ended over ${time}`;
  const parts = PARTS.map(({ part, word }) => ({ word, calls: sum(pace[part]) }))
    .filter(({ calls }) => calls > 0)
    .map(({ word, calls }) => `${count(calls)} ${word}`);
  const most = `at most ${count(highest(pace))} in one of ${pace.ok.length} stretches`;
  return `${counted(ended, "call")} ended over ${time}: ${parts.join(", ")}; ${most}`;
}

function highest(pace: RunPace): number {
  return Math.max(0, ...pace.ok.map((_, at) => sum(PARTS.map(({ part }) => pace[part][at] ?? 0))));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function point(value: number): string {
  return String(Math.round(value * 100) / 100);
}
