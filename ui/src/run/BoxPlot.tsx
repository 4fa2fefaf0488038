import type { Axis, Spread } from "../models/comparison.ts";
import { counted, secondsShort } from "../models/format.ts";

const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;

/** A spread in words, for those who do not see the plot. */
export function spreadText({ count, least, p25, p50, p75, p95, most }: Spread): string {
  const parts = [
    ["least", least],
    ["a quarter within", p25],
    ["half within", p50],
    ["three quarters within", p75],
    ["95 of 100 within", p95],
    ["most", most],
  ] as const;
  const told = parts.map(([name, ms]) => `${name} ${secondsShort(ms)}`).join(", ");
  return `${counted(count, "successful call")}: ${told}`;
}

/** Least to most as a line, the middle half as a box, p50 as its bar, p95 as a mark. */
export function BoxPlot({ spread, axis: { top, ticks } }: { spread: Spread; axis: Axis }) {
  const at = (ms: number) => `${(ms / top) * 100}%`;
  const { least, p25, p50, p75, p95, most } = spread;
  const text = spreadText(spread);
  return (
    <svg role="img" aria-label={text} className="block h-5 w-full overflow-visible">
      <title>{text}</title>
      {ticks.map((tick) => (
        <line
          key={tick}
          x1={at(tick)}
          x2={at(tick)}
          y1={-8}
          y2={HEIGHT + 8}
          className="stroke-line"
        />
      ))}
      <line x1={at(least)} x2={at(most)} y1={MIDDLE} y2={MIDDLE} className="stroke-line-strong" />
      <rect
        x={at(p25)}
        width={`${((p75 - p25) / top) * 100}%`}
        y={4}
        height={HEIGHT - 8}
        className="fill-in-flight-tint stroke-in-flight"
      />
      <line x1={at(p95)} x2={at(p95)} y1={6} y2={HEIGHT - 6} className="stroke-line-strong" />
      <line
        x1={at(p50)}
        x2={at(p50)}
        y1={2}
        y2={HEIGHT - 2}
        className="stroke-in-flight-ink stroke-2"
      />
    </svg>
  );
}
