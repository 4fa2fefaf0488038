import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { explain } from "../api/http.ts";
import { paceQuery } from "../api/paces.ts";
import type { RunPace, RunView } from "../api/types.ts";
import { pacePaths, paceText, type PaceTone } from "../models/runpace.ts";

const WIDTH = 96;
const HEIGHT = 24;

const FILL: Record<PaceTone, string> = {
  ok: "fill-ok",
  failed: "fill-failed",
  muted: "fill-muted",
};

/** When the calls of the run ended, as small bars. Asks for it as long as it is drawn. */
export function PaceSpark({ run }: { run: RunView }) {
  const { data, error } = useQuery(paceQuery(run));
  if (data) {
    const stale = error === null ? "" : ` (may be out of date: ${explain(error)})`;
    return (
      <Picture runId={run.runId} text={`${paceText(data)}${stale}`}>
        <Bars pace={data} />
      </Picture>
    );
  }
  if (error === null && data === undefined) return <span className="block h-6" />;
  const why = error === null ? "" : `: ${explain(error)}`;
  return (
    <Picture runId={run.runId} text={`Pace unknown${why}`}>
      <path
        d={`M0 ${HEIGHT}H${WIDTH}`}
        strokeDasharray="2 4"
        vectorEffect="non-scaling-stroke"
        className="fill-none stroke-line-strong"
      />
    </Picture>
  );
}

/**
 * Lies above the link that covers the row, so that its text shows when it is pointed at, and leads
 * to the same page. By keyboard the name of the run does.
 */
function Picture({ runId, text, children }: { runId: string; text: string; children: ReactNode }) {
  return (
    <Link to="/runs/$runId" params={{ runId }} tabIndex={-1} className="relative z-1 block">
      <svg
        role="img"
        aria-label={text}
        data-testid="pace"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-6 w-full overflow-visible"
      >
        <title>{text}</title>
        <path d={`M0 0H${WIDTH}V${HEIGHT}H0Z`} className="fill-transparent" />
        {children}
      </svg>
    </Link>
  );
}

function Bars({ pace }: { pace: RunPace }) {
  return (
    <>
      <path d={`M0 ${HEIGHT}H${WIDTH}`} vectorEffect="non-scaling-stroke" className="stroke-line" />
      {pacePaths(pace, WIDTH, HEIGHT).map(({ tone, d }) => (
        <path key={tone} d={d} className={FILL[tone]} />
      ))}
    </>
  );
}
