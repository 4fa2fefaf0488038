import type { CallView } from "../api/types.ts";
import { ageOf, isActive, isRetrying, type Age } from "./calls.ts";
import { isoMillis } from "./format.ts";

/** Which of the calls in flight may need a person, told from the facts, the limits and a given now. */

/** So much of its whole time is used that the call will hardly make it. */
const NEARLY_OVER = 0.8;

/** Longer than this no released call waits for a worker that works. */
const NO_WORKER_MS = 15_000;

/** The age of the attempt under way against the time an attempt may take; null between attempts. */
export function attemptAgeOf(call: CallView, now: number, attemptTimeout: string): Age | null {
  const from = attemptStart(call);
  const waits = call.nextAttemptAt !== null && Date.parse(call.nextAttemptAt) > now;
  if (call.state !== "IN_FLIGHT" || from === null || waits) return null;
  const ms = Math.max(0, now - from);
  const limitMs = isoMillis(attemptTimeout);
  const share = limitMs === null || limitMs <= 0 ? 0 : Math.min(1, ms / limitMs);
  return { ms, limitMs, share };
}

/** The start of the call, or the end of the pause after its last failed attempt. */
function attemptStart(call: CallView): number | null {
  const last = call.retries.findLast(({ epoch }) => epoch === call.epoch);
  if (last !== undefined) return Date.parse(last.at) + (isoMillis(last.delay) ?? 0);
  return call.startedAt === null ? null : Date.parse(call.startedAt);
}

/** Past the time of its attempt, near its deadline, or released and taken by nobody. */
export function isStuck(call: CallView, now: number, attemptTimeout: string): boolean {
  if (!isActive(call)) return false;
  const { ms, share } = ageOf(call, now);
  if (call.state === "DISPATCHED") return ms > NO_WORKER_MS;
  return share > NEARLY_OVER || attemptAgeOf(call, now, attemptTimeout)?.share === 1;
}

/** The calls in flight: stuck ones first, then retrying ones, then the oldest. */
export function activeCalls(
  calls: Iterable<CallView>,
  now: number,
  attemptTimeout: string,
): CallView[] {
  const rank = (call: CallView) => {
    if (isStuck(call, now, attemptTimeout)) return 0;
    return isRetrying(call) ? 1 : 2;
  };
  return [...calls]
    .filter(isActive)
    .map((call) => ({ call, rank: rank(call), since: call.startedAt ?? call.dispatchedAt ?? "" }))
    .sort(
      (a, b) =>
        a.rank - b.rank || compare(a.since, b.since) || compare(a.call.callId, b.call.callId),
    )
    .map(({ call }) => call);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
