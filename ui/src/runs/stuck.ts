import type { RunView } from "../api/types.ts";
import { isoMillis } from "../models/format.ts";
import type { Stuck } from "../models/runlist.ts";

/**
 * Since when each unfinished run has told nothing new, as far as this page has watched: the list
 * has no time of the last event, so nothing from before is known.
 */
export type Quiet = ReadonlyMap<string, { version: string; since: number }>;

export function quietAfter(before: Quiet, runs: readonly RunView[], now: number): Quiet {
  const after = new Map<string, { version: string; since: number }>();
  for (const { runId, status, asOf } of runs) {
    if (status === "FINISHED") continue;
    const version = `${asOf.generation}.${asOf.offset}`;
    const held = before.get(runId);
    after.set(runId, held?.version === version ? held : { version, since: now });
  }
  return after;
}

/** The end of a run takes a moment after its deadline; so much is not yet a sign of trouble. */
const LATE_MS = 30_000;

const LEAST_QUIET_MS = 60_000;

/**
 * A run is stuck when its deadline is over and it has not ended, or when it told nothing for longer
 * than an attempt may take: within that time a call in flight ends or is tried again. One that is
 * paused stands still on purpose.
 */
export function isStuck(run: RunView, quiet: Quiet, now: number): boolean {
  if (run.status === "FINISHED") return false;
  if (now > Date.parse(run.deadlineAt) + LATE_MS) return true;
  if (run.status === "PAUSED") return false;
  const since = quiet.get(run.runId)?.since ?? now;
  return now - since > Math.max(LEAST_QUIET_MS, isoMillis(run.limits.attemptTimeout) ?? 0);
}

export function stuckRuns(runs: readonly RunView[], quiet: Quiet, now: number): Stuck {
  return new Set(runs.filter((run) => isStuck(run, quiet, now)).map(({ runId }) => runId));
}
