import type { CallView, RunView } from "../api/types.ts";
import { contribution } from "./contribution.ts";

/** What was achieved within a stretch of time. */
export interface Pace {
  /** Milliseconds that are looked at: the last minute, or all of a run that has ended. */
  window: number;
  ended: number;
  ok: number;
  bad: number;
  retries: number;
  outputTokens: number;
  costUsd: number;
}

/** What is counted of each worker. */
export const WORKER_COUNTS = [
  "inFlight",
  "ok",
  "failed",
  "timedOut",
  "cancelled",
  "retries",
  "outputTokens",
  "costUsd",
] as const;

export type WorkerCount = (typeof WORKER_COUNTS)[number];

export interface WorkerPace {
  worker: string;
  counts: Record<WorkerCount, number>;
  /** Calls that it ended within the window. */
  recent: number;
}

const MINUTE_MS = 60_000;

/** The end of the stretch: now, or the end of a run that has one. */
export function paceEnd(run: RunView, now: number): number {
  return run.finishedAt === null ? now : Date.parse(run.finishedAt);
}

/** Of a run that goes on the last minute (less when it is younger); of an ended one all its time. */
export function paceWindow(run: RunView, now: number): number {
  const begin = Date.parse(run.startedAt ?? run.requestedAt);
  const whole = Math.max(1_000, paceEnd(run, now) - begin);
  return run.finishedAt === null ? Math.min(MINUTE_MS, whole) : whole;
}

/** Money and tokens of a call count when it ends; a retry counts when it is told. */
export function paceOf(run: RunView, calls: Iterable<CallView>, now: number): Pace {
  const window = paceWindow(run, now);
  const since = paceEnd(run, now) - window;
  const pace: Pace = {
    window,
    ended: 0,
    ok: 0,
    bad: 0,
    retries: 0,
    outputTokens: 0,
    costUsd: 0,
  };
  for (const call of calls) {
    for (const { at } of call.retries) pace.retries += Number(Date.parse(at) >= since);
    if (!endedSince(call, since)) continue;
    pace.ended++;
    pace.ok += Number(call.state === "OK");
    pace.bad += Number(isBad(call));
    pace.outputTokens += call.usage.outputTokens;
    pace.costUsd += call.costUsd;
  }
  return pace;
}

/** Each worker that holds or has ended a call of the run, by name. */
export function workerPaces(run: RunView, calls: Iterable<CallView>, now: number): WorkerPace[] {
  const since = paceEnd(run, now) - paceWindow(run, now);
  const workers = new Map<string, WorkerPace>();
  for (const call of calls) {
    if (call.workerId === null) continue;
    const worker = workers.get(call.workerId) ?? blank(call.workerId);
    workers.set(call.workerId, worker);
    for (const name of WORKER_COUNTS) worker.counts[name] += contribution(call, name);
    worker.recent += Number(endedSince(call, since));
  }
  return [...workers.values()].sort((a, b) => NAMES.compare(a.worker, b.worker));
}

const NAMES = new Intl.Collator("en", { numeric: true });

function blank(worker: string): WorkerPace {
  const counts = Object.fromEntries(WORKER_COUNTS.map((name) => [name, 0]));
  return { worker, counts: counts as Record<WorkerCount, number>, recent: 0 };
}

function isBad({ state }: CallView): boolean {
  return state === "FAILED" || state === "TIMED_OUT";
}

function endedSince({ finishedAt }: CallView, since: number): boolean {
  return finishedAt !== null && Date.parse(finishedAt) >= since;
}

/** A count within a window as a rate a minute. */
export function perMinute(count: number, window: number): number {
  return (count / window) * MINUTE_MS;
}
