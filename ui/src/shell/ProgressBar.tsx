import type { Stats } from "../api/types.ts";
import { count, counted } from "../models/format.ts";
import { endedOf, segmentsOf } from "../models/runs.ts";
import { SOLID } from "./ui.tsx";

/** All planned calls in one bar, a segment per state. A state with any call is never invisible. */
export function ProgressBar({ stats, thick = false }: { stats: Stats; thick?: boolean }) {
  const present = segmentsOf(stats).filter((segment) => segment.count > 0);
  const said = present.map((segment) => `${count(segment.count)} ${segment.label}`).join(", ");
  return (
    <div
      role="progressbar"
      aria-label="Calls ended"
      aria-valuemin={0}
      aria-valuemax={Math.max(1, stats.planned)}
      aria-valuenow={endedOf(stats)}
      aria-valuetext={`${counted(stats.planned, "call")} planned: ${said}`}
      title={said}
      className={`flex w-full gap-px overflow-hidden rounded-full bg-sunken ${thick ? "h-2.5" : "h-1.5"}`}
    >
      {present.map((segment) => (
        <span
          key={segment.key}
          style={{ flexGrow: segment.count }}
          className={`min-w-[3px] basis-0 transition-[flex-grow] duration-300 ${SOLID[segment.tone]}`}
        />
      ))}
    </div>
  );
}
