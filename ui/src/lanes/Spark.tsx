import type { LaneView } from "../api/types.ts";
import { count, duration } from "../models/format.ts";
import { stepPath, type Sample } from "../models/lanes.ts";

const SIZE = { width: 200, height: 28 };

interface SparkProps {
  lane: LaneView;
  /** What the page has seen since it was opened. */
  samples: readonly Sample[];
}

/**
 * How many calls the lane let through at a time while the page looked: the line is the limit. What
 * was before the page was opened, it does not know, and says so.
 */
export function Spark({ lane, samples }: SparkProps) {
  const { concurrencyNow, inFlight, limits } = lane;
  const top = Math.max(1, limits.concurrency, ...samples.map(({ concurrency }) => concurrency));
  const busy = stepPath(samples, (each) => each.inFlight, top, SIZE);
  const text = `${count(inFlight)} in flight of ${count(concurrencyNow)}`;
  const lowered = concurrencyNow < limits.concurrency;
  const seen = seenText(samples);
  return (
    <div className="min-w-0">
      <span className="flex justify-between gap-3 text-xs whitespace-nowrap tabular">
        <span className="truncate">
          <span className="font-medium">{text}</span>
          <span className="text-ink-2">
            {lowered ? `, adapted from ${count(limits.concurrency)}` : ""}
          </span>
        </span>
        <span className="text-ink-2">{seen}</span>
      </span>
      <svg
        role="img"
        aria-label={`${text}${lowered ? `, adapted from ${limits.concurrency}` : ""}; ${seen}`}
        viewBox={`0 -2 ${SIZE.width} ${SIZE.height + 4}`}
        preserveAspectRatio="none"
        className="mt-1 h-7 w-full"
      >
        <path d={`M0 ${SIZE.height}H${SIZE.width}`} className="stroke-line" />
        {busy !== "" && (
          <path d={`${busy}V${SIZE.height}H0Z`} className="fill-in-flight-tint stroke-none" />
        )}
        <path
          d={stepPath(samples, (each) => each.concurrency, top, SIZE)}
          vectorEffect="non-scaling-stroke"
          className="fill-none stroke-accent stroke-[1.5px]"
        />
      </svg>
    </div>
  );
}

function seenText(samples: readonly Sample[]): string {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 1_000) return "just opened";
  const limits = samples.map(({ concurrency }) => concurrency);
  const [least, most] = [Math.min(...limits), Math.max(...limits)];
  const range = least === most ? count(most) : `${count(least)}–${count(most)}`;
  return `limit ${range}, seen for ${duration(last.at - first.at, 2)}`;
}
