import type { RunView } from "../api/types.ts";
import { isoMillis } from "../models/format.ts";
import type { Stuck } from "../models/runlist.ts";

/** The end of a run takes a moment after its deadline; so much is not yet a sign of trouble. */
const LATE_MS = 30_000;

const LEAST_QUIET_MS = 60_000;

/**
 * A run is stuck when its deadline is over and it has not ended, or when it has told nothing for longer
 * than what is in flight may take to end or to be tried again. One that is paused releases nothing, so
 * it is quiet on purpose once nothing is in flight.
 */
export function isStuck(run: RunView, now: number): boolean {
  if (run.status === "FINISHED") return false;
  if (now > Date.parse(run.deadlineAt) + LATE_MS) return true;
  if (run.status === "PAUSED" && run.stats.inFlight === 0) return false;
  return now - Date.parse(run.lastEventAt) > mayBeQuiet(run);
}

/** An attempt ends in its time; the pause before another one may take what is left to the call. */
function mayBeQuiet({ stats, limits }: RunView): number {
  const pausing = stats.retrying > 0 && stats.retrying === stats.inFlight;
  const longest = isoMillis(pausing ? limits.callDeadline : limits.attemptTimeout);
  return Math.max(LEAST_QUIET_MS, longest ?? 0);
}

export function stuckRuns(runs: readonly RunView[], now: number): Stuck {
  return new Set(runs.filter((run) => isStuck(run, now)).map(({ runId }) => runId));
}
