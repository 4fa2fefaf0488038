import { useMemo } from "react";
import type { CallView, RunView } from "../api/types.ts";
import { etaOf, type Eta } from "../models/eta.ts";
import { counted, duration, timeOfDay } from "../models/format.ts";
import { useThrottled } from "../shell/useThrottled.ts";
import { useNow } from "../shell/now.ts";

/** How long the run may still take; nothing where nobody can know. */
export function Remaining({ run, calls }: { run: RunView; calls: ReadonlyMap<string, CallView> }) {
  const now = useNow();
  const held = useThrottled(calls, 1_000);
  const eta = useMemo(() => etaOf(run, held.values(), now), [run, held, now]);
  return (
    <div>
      <dt className="eyebrow">Time left</dt>
      <dd className="mt-0.5 font-medium tabular" data-testid="run-eta" data-kind={eta.kind}>
        {likelyText(eta)}
      </dd>
      <dd className="min-h-4 text-xs text-ink-2 tabular">{rangeText(eta, run, now)}</dd>
    </div>
  );
}

function likelyText(eta: Eta): string {
  switch (eta.kind) {
    case "ended":
      return "None";
    case "held":
      return "Held";
    case "unknown":
      return "Not known yet";
    case "known":
      return `about ${coarse(eta.likely)}`;
  }
}

function rangeText(eta: Eta, run: RunView, now: number): string {
  const left = `for ${counted(run.stats.queued + run.stats.inFlight, "call")}`;
  switch (eta.kind) {
    case "ended":
      return run.finishedAt === null ? "" : `ended at ${timeOfDay(run.finishedAt)}`;
    case "held":
      return run.status === "PAUSED" ? "until the run is resumed" : "calls are being ended";
    case "unknown":
      return left;
    case "known": {
      const most = eta.capped
        ? `to the deadline at ${timeOfDay(new Date(now + eta.most).toISOString())}`
        : `to ${coarse(eta.most)}`;
      return `${coarse(eta.least)} ${most}, ${left}`;
    }
  }
}

/** An estimate has no seconds of its own once it is longer than some minutes. */
function coarse(ms: number): string {
  const step = ms > 600_000 ? 60_000 : ms > 60_000 ? 10_000 : 1_000;
  return duration(Math.max(1_000, Math.round(ms / step) * step), 2);
}
