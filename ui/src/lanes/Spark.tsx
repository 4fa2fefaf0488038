import type { LaneView } from "../api/types.ts";
import { count } from "../models/format.ts";
import {
  blocksOf,
  knownWithin,
  spanText,
  spanWords,
  type Sample,
  type Span,
} from "../models/lanesamples.ts";
import { minuteLines, stepArea, stepLine, xOf, type Axes } from "./geometry.ts";

const SIZE = { width: 200, height: 28 };

interface SparkProps {
  lane: LaneView;
  samples: readonly Sample[];
  /** The same for all lanes. */
  time: Span;
}

/**
 * How many calls the lane let through at a time: the line is its limit, the area the calls in
 * flight, bars at the bottom say when the provider had it wait. Where nothing is known nothing is
 * drawn.
 */
export function Spark({ lane, samples, time }: SparkProps) {
  const { concurrencyNow, inFlight, limits } = lane;
  const known = knownWithin(samples, time);
  const top = Math.max(limits.concurrency, ...known.map(({ concurrency }) => concurrency));
  const text = `${count(inFlight)} in flight of ${count(concurrencyNow)}`;
  const adapted =
    concurrencyNow < limits.concurrency ? `, adapted from ${count(limits.concurrency)}` : "";
  return (
    <div className="min-w-0">
      <span className="flex justify-between gap-3 text-xs whitespace-nowrap tabular">
        <span className="truncate">
          <span className="font-medium">{text}</span>
          <span className="text-ink-2">{adapted}</span>
        </span>
        <span className="text-ink-2">{spanText(known)}</span>
      </span>
      <Picture
        label={`${text}${adapted}; ${spanWords(known)}`}
        known={known}
        axes={{ ...SIZE, time, top }}
      />
    </div>
  );
}

interface PictureProps {
  label: string;
  known: readonly Sample[];
  axes: Axes;
}

function Picture({ label, known, axes }: PictureProps) {
  const { width, height } = axes;
  return (
    <svg
      role="img"
      viewBox={`0 -2 ${width} ${height + 4}`}
      preserveAspectRatio="none"
      className="mt-1 h-7 w-full"
    >
      <title>{label}</title>
      <path
        d={`M0 ${height}H${width}${minuteLines(5, axes)}`}
        vectorEffect="non-scaling-stroke"
        className="fill-none stroke-line"
      />
      <path
        d={stepArea(known, (each) => each.inFlight, axes)}
        className="fill-in-flight-tint stroke-none"
      />
      {blocksOf(known).map(({ from, to }) => (
        <rect
          key={from}
          x={xOf(from, axes)}
          y={height - 2}
          // A short one would be narrower than can be seen.
          width={Math.max(1, xOf(to, axes) - xOf(from, axes))}
          height={4}
          className="fill-retry"
        />
      ))}
      <path
        d={stepLine(known, (each) => each.concurrency, axes)}
        vectorEffect="non-scaling-stroke"
        className="fill-none stroke-accent stroke-[1.5px]"
      />
    </svg>
  );
}
