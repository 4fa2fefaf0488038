import type { LaneView } from "../api/types.ts";
import { count } from "../models/format.ts";
import { stepPath, type Sample } from "../models/lanes.ts";

const SIZE = { width: 200, height: 28 };

interface SparkProps {
  lane: LaneView;
  samples: readonly Sample[];
}

/** How many calls the lane let through at a time while the page looked: the line is the limit. */
export function Spark({ lane, samples }: SparkProps) {
  const { concurrencyNow, inFlight, limits } = lane;
  const top = Math.max(1, limits.concurrency, ...samples.map(({ concurrency }) => concurrency));
  const busy = stepPath(samples, (each) => each.inFlight, top, SIZE);
  const text = `${count(inFlight)} in flight of ${count(concurrencyNow)}`;
  const lowered = concurrencyNow < limits.concurrency;
  return (
    <div className="min-w-0">
      <span className="block truncate text-xs tabular">
        <span className="font-medium">{text}</span>
        <span className="text-ink-2">
          {lowered ? `, adapted from ${count(limits.concurrency)}` : ""}
        </span>
      </span>
      <svg
        role="img"
        aria-label={`${text}${lowered ? `, adapted from ${limits.concurrency}` : ""}, over the last minutes`}
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
