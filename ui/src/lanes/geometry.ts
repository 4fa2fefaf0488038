import type { Sample, Span } from "../models/lanesamples.ts";

export interface Size {
  width: number;
  height: number;
}

/** What a picture shows: a stretch of time from left to right, and values up to the top. */
export interface Axes extends Size {
  time: Span;
  top: number;
}

export function xOf(at: number, { time, width }: Axes): number {
  return rounded(((at - time.from) / Math.max(1, time.to - time.from)) * width);
}

function yOf(value: number, { top, height }: Axes): number {
  return rounded(height - (Math.min(value, top) / Math.max(1, top)) * height);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A line that steps from value to value, each at its time; "" for none. */
export function stepLine(
  samples: readonly Sample[],
  valueOf: (sample: Sample) => number,
  axes: Axes,
): string {
  return samples
    .map((each, index) =>
      index === 0
        ? `M${xOf(each.at, axes)} ${yOf(valueOf(each), axes)}`
        : `H${xOf(each.at, axes)}V${yOf(valueOf(each), axes)}`,
    )
    .join("");
}

/** The same, filled down to zero. */
export function stepArea(
  samples: readonly Sample[],
  valueOf: (sample: Sample) => number,
  axes: Axes,
): string {
  const first = samples[0];
  if (first === undefined) return "";
  return `${stepLine(samples, valueOf, axes)}V${axes.height}H${xOf(first.at, axes)}Z`;
}

/** Lines at every so many minutes before the end, the ends apart. */
export function minuteLines(everyMinutes: number, axes: Axes): string {
  const { from, to } = axes.time;
  const lines: string[] = [];
  for (let at = to - everyMinutes * 60_000; at > from; at -= everyMinutes * 60_000)
    lines.push(`M${xOf(at, axes)} 0V${axes.height}`);
  return lines.join("");
}
