import type { CallView, RunView, Stats } from "../api/types.ts";
import { isFinished } from "./calls.ts";

/**
 * What a person may ask of a run or a call, and when the log has answered. A request that was
 * accepted has done nothing yet: only what the log says has happened.
 */
export type RunAction = "pause" | "resume" | "cancel";

export function allowedActions(run: RunView): RunAction[] {
  switch (run.status) {
    case "REQUESTED":
    case "RUNNING":
      return ["pause", "cancel"];
    case "PAUSED":
      return ["resume", "cancel"];
    case "CANCELLING":
      return ["cancel"];
    case "FINISHED":
      return [];
  }
}

/** Under which names the log holds what was asked of a run. */
const EVENTS: Record<RunAction | "retry", string> = {
  pause: "run-pause-requested",
  resume: "run-resume-requested",
  cancel: "run-cancel-requested",
  retry: "run-retry-requested",
};

/** Whether the log has told the action since the page had seen so many of the run's actions. */
export function isAnswered(action: RunAction | "retry", seen: number, run: RunView): boolean {
  return run.actions.slice(seen).some(({ type }) => type === EVENTS[action]);
}

/** Ended, but not with a result: what a retry would run again. */
export function isRetryable(call: CallView): boolean {
  return isFinished(call) && call.state !== "OK";
}

export function retryableCount(stats: Stats): number {
  return stats.failed + stats.timedOut + stats.cancelled + stats.skipped;
}

/** A run that is being stopped runs nothing again before it has ended. */
export function mayRetry(run: RunView): boolean {
  return run.status !== "CANCELLING" && retryableCount(run.stats) > 0;
}

/** What the dialog of a retry says will be run again. */
export function retrySummary(stats: Stats): string {
  const parts = [
    [stats.failed, "failed"],
    [stats.timedOut, "timed out"],
    [stats.cancelled, "cancelled"],
    [stats.skipped, "skipped"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString("en-US")} ${word}`)
    .join(", ");
}

export interface RaisedLimits {
  maxPaidCalls: string;
  maxCostUsd: string;
}

/** Why the typed limits cannot be sent, by field; empty when they can. */
export function limitErrors(typed: RaisedLimits, stats: Stats): Partial<RaisedLimits> {
  const errors: Partial<RaisedLimits> = {};
  const calls = typed.maxPaidCalls.trim();
  const cost = typed.maxCostUsd.trim();
  if (calls !== "" && !(Number.isInteger(Number(calls)) && Number(calls) >= stats.attempts))
    errors.maxPaidCalls = `A whole number of at least ${stats.attempts.toLocaleString("en-US")}, which are used.`;
  if (cost !== "" && !(Number.isFinite(Number(cost)) && Number(cost) >= stats.costUsd))
    errors.maxCostUsd = `At least what is spent: ${stats.costUsd}.`;
  return errors;
}
