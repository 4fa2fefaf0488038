import type { CallState, CallView, LaneView } from "../api/types.ts";
import { hasFailure } from "./failures.ts";
import { percent } from "./format.ts";
import { holdText, laneOf, secondsLeft } from "./lanes.ts";

/** Calls are the facts; every list, order and word here is derived from them and a given now. */

const FINISHED: ReadonlySet<CallState> = new Set([
  "OK",
  "FAILED",
  "TIMED_OUT",
  "CANCELLED",
  "SKIPPED",
]);

export function isFinished(call: CallView): boolean {
  return FINISHED.has(call.state);
}

/** Released to a worker and not yet ended. */
export function isActive(call: CallView): boolean {
  return call.state === "DISPATCHED" || call.state === "IN_FLIGHT";
}

/** An attempt of this call has failed and another one follows or runs. */
export function isRetrying(call: CallView): boolean {
  return isActive(call) && (call.attempt > 1 || call.nextAttemptAt !== null);
}

/** The last finished first; calls that have not finished by document, model and iteration. */
export function byFinish(a: CallView, b: CallView): number {
  const order = compare(b.finishedAt ?? "", a.finishedAt ?? "");
  if (order !== 0) return order;
  return compare(placeOf(a), placeOf(b)) || a.iteration - b.iteration;
}

/** By code unit: ten thousand calls are sorted with each delta, and a collator would be felt. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function placeOf(call: CallView): string {
  return `${call.document ?? ""} ${call.model ?? ""}`;
}

/** Instants of one writer sort as text; the time from which the call's age counts. */
function since(call: CallView): string {
  return call.startedAt ?? call.dispatchedAt ?? call.queuedAt ?? "";
}

export type CallFilter =
  "FINISHED" | "QUEUED" | "OK" | "FAILED" | "TIMED_OUT" | "CANCELLED" | "SKIPPED";

export function matches(call: CallView, filter: CallFilter): boolean {
  return filter === "FINISHED" ? isFinished(call) : call.state === filter;
}

export function listedCalls(calls: Iterable<CallView>, filter: CallFilter): CallView[] {
  return [...calls].filter((call) => matches(call, filter)).sort(byFinish);
}

/** The calls of an error, whatever has become of them: the ones that have not ended are first. */
export function callsWithFailure(calls: Iterable<CallView>, fingerprint: string): CallView[] {
  return [...calls]
    .filter((call) => hasFailure(call, fingerprint))
    .sort((a, b) => Number(isFinished(a)) - Number(isFinished(b)) || byFinish(a, b));
}

/** What is known beside the call of what it may wait for. */
export interface Surroundings {
  paused: boolean;
  lanes: readonly LaneView[];
}

export const NO_SURROUNDINGS: Surroundings = { paused: false, lanes: [] };

/** What the call waits for right now, in words. */
export function waitingFor(call: CallView, now: number, around = NO_SURROUNDINGS): string {
  switch (call.state) {
    case "STRAY":
      return "nothing: it was never queued";
    case "QUEUED":
      return queuedFor(call, now, around);
    case "DISPATCHED":
      return "released, waits for a worker";
    case "IN_FLIGHT": {
      const left = call.nextAttemptAt === null ? 0 : Date.parse(call.nextAttemptAt) - now;
      return left > 0 ? `backoff, ${secondsLeft(left)} left` : (progressText(call) ?? "first byte");
    }
    case "OK":
    case "FAILED":
    case "TIMED_OUT":
    case "CANCELLED":
    case "SKIPPED":
      return "ended";
  }
}

function queuedFor({ model }: CallView, now: number, { paused, lanes }: Surroundings): string {
  if (paused) return "held, the run is paused";
  const lane = model === null ? undefined : laneOf(model, lanes);
  return lane === undefined ? "queued" : holdText(lane, now);
}

/** What the attempt under way has told of itself; null when it has told nothing. */
export function progressText({ progress }: CallView): string | null {
  if (progress === null) return null;
  return progress.share === null
    ? progress.message
    : `${progress.message} (${percent(progress.share, 1)})`;
}

export interface Age {
  /** Milliseconds since the start of the call (or since it was released or queued). */
  ms: number;
  /** Milliseconds that the whole call may take; null when it has no deadline yet. */
  limitMs: number | null;
  /** Share of the limit that is used, from 0 to 1. */
  share: number;
}

/** The age of a call against its total deadline. A clock that runs behind gives 0, not less. */
export function ageOf(call: CallView, now: number): Age {
  const from = Date.parse(since(call));
  const to = call.finishedAt === null ? now : Date.parse(call.finishedAt);
  const ms = Number.isNaN(from) ? 0 : Math.max(0, to - from);
  const limitMs =
    call.deadlineAt === null || Number.isNaN(from) ? null : wholeSeconds(call.deadlineAt, from);
  const share = limitMs === null || limitMs <= 0 ? 0 : Math.min(1, ms / limitMs);
  return { ms, limitMs, share };
}

/** Start and deadline may be stamped a moment apart: ten minutes must not read 9 m 59 s. */
function wholeSeconds(deadlineAt: string, from: number): number {
  return Math.round((Date.parse(deadlineAt) - from) / 1_000) * 1_000;
}

/** How long the call ran, or null when it never started or has not ended. */
export function ranFor(call: CallView): number | null {
  if (call.startedAt === null || call.finishedAt === null) return null;
  return Math.max(0, Date.parse(call.finishedAt) - Date.parse(call.startedAt));
}
