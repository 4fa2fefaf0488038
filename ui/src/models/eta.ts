import type { CallView, RunView } from "../api/types.ts";
import { elapsedMs } from "./runs.ts";

/** When the run may be done, from the rate of the last minutes and what is left. */
export type Eta =
  | { kind: "ended" }
  /** Held, or on its way to be stopped: no rate tells when it ends. */
  | { kind: "held" }
  | { kind: "unknown" }
  | {
      kind: "known";
      /** Milliseconds left at the fast and at the slow edge of what the rate may be. */
      least: number;
      most: number;
      likely: number;
      /** The slow edge would be later than the run's deadline, which ends it. */
      capped: boolean;
    };

/** The rate is taken over so much time, and not from less than a fifteenth of it. */
const WINDOW_MS = 5 * 60_000;
const LEAST_MS = 20_000;

/** Fewer ends than this are chance, not a rate. */
const LEAST_ENDS = 5;

/** Nine of ten times, a count of n by chance is within so many square roots of n. */
const SPREAD = 1.64;

export function etaOf(run: RunView, calls: Iterable<CallView>, now: number): Eta {
  if (run.status === "FINISHED") return { kind: "ended" };
  if (run.status === "PAUSED" || run.status === "CANCELLING") return { kind: "held" };
  const window = Math.min(WINDOW_MS, elapsedSinceStart(run, now));
  const left = run.stats.queued + run.stats.inFlight;
  const ended = endedSince(calls, now - window);
  if (window < LEAST_MS || ended < LEAST_ENDS || left === 0) return { kind: "unknown" };
  const spread = SPREAD * Math.sqrt(ended);
  const leftFor = (count: number) => (left / count) * window;
  const untilDeadline = Math.max(0, Date.parse(run.deadlineAt) - now);
  const most = leftFor(ended - spread);
  return {
    kind: "known",
    least: Math.min(untilDeadline, leftFor(ended + spread)),
    likely: Math.min(untilDeadline, leftFor(ended)),
    most: Math.min(untilDeadline, most),
    capped: most > untilDeadline,
  };
}

function elapsedSinceStart(run: RunView, now: number): number {
  return run.startedAt === null ? 0 : elapsedMs({ ...run, requestedAt: run.startedAt }, now);
}

/** Calls that were worked on and ended since then; skipped ones took no time and tell nothing. */
function endedSince(calls: Iterable<CallView>, since: number): number {
  let count = 0;
  for (const { finishedAt, startedAt, state } of calls)
    if (finishedAt !== null && startedAt !== null && state !== "SKIPPED")
      count += Number(Date.parse(finishedAt) >= since);
  return count;
}
