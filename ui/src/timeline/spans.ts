import type { CallView } from "../api/types.ts";
import { isoMillis } from "../models/format.ts";

/** What a call did or waited for, piece after piece. All times are milliseconds of the epoch. */

/** A gap: the call waited. */
export type Wait = "queue" | "worker" | "backoff" | "rate-limit";

/** An attempt, by what became of it. */
export type Work = "ok" | "running" | "retried" | "failed" | "timed-out" | "cancelled";

export interface Span {
  kind: Wait | Work;
  from: number;
  /** At least `from`. */
  to: number;
  /** The attempt under way, from 1; null while the call waits. */
  attempt: number | null;
  /** Why the attempt failed, or the gap follows. */
  cause: string | null;
}

/** When a call began to be on its way, when it was released, and when it ended: null = not yet. */
export interface Times {
  queued: number | null;
  released: number | null;
  ended: number | null;
}

export function timesOf({ queuedAt, dispatchedAt, finishedAt }: CallView): Times {
  return { queued: millis(queuedAt), released: millis(dispatchedAt), ended: millis(finishedAt) };
}

function millis(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}

/** An ended call has no other pieces until it changes, and then it is another object. */
const ended = new WeakMap<CallView, readonly Span[]>();

/** The pieces of a call's present epoch in the order of time, up to its end or to now. */
export function spansOf(call: CallView, now: number): readonly Span[] {
  const known = ended.get(call);
  if (known !== undefined) return known;
  const spans = readSpans(call, now);
  if (call.finishedAt !== null) ended.set(call, spans);
  return spans;
}

function readSpans(call: CallView, now: number): Span[] {
  const { queued, released, ended: end } = timesOf(call);
  const spans = new Spans(end ?? now);
  const begin = queued ?? released;
  if (begin === null) return [];
  spans.to("queue", begin, released ?? spans.end);
  if (released === null) return spans.list;
  const retries = call.retries.filter(({ epoch }) => epoch === call.epoch);
  spans.to("worker", released, startOf(call, released, retries[0]?.at) ?? spans.end);
  for (const [index, { attempt, cause, delay, at }] of retries.entries()) {
    const failed = Date.parse(at);
    spans.to("retried", null, failed, attempt - 1, cause);
    const announced = index === retries.length - 1 ? millis(call.nextAttemptAt) : null;
    const next = announced ?? failed + (isoMillis(delay) ?? 0);
    spans.to(cause === "RATE_LIMITED" ? "rate-limit" : "backoff", failed, next, null, cause);
  }
  const last = workOf(call);
  if (last !== null && call.startedAt !== null)
    spans.to(last, null, spans.end, call.attempt, call.lastError?.kind ?? null);
  return spans.list;
}

/** Where the first attempt began; a start that is later than its failure is another attempt's. */
function startOf(
  { startedAt }: CallView,
  released: number,
  failedAt: string | undefined,
): number | null {
  const started = millis(startedAt);
  if (started !== null && failedAt !== undefined && started > Date.parse(failedAt)) return released;
  return started;
}

function workOf({ state }: CallView): Work | null {
  switch (state) {
    case "OK":
      return "ok";
    case "FAILED":
      return "failed";
    case "TIMED_OUT":
      return "timed-out";
    case "CANCELLED":
      return "cancelled";
    case "IN_FLIGHT":
      return "running";
    case "STRAY":
    case "QUEUED":
    case "DISPATCHED":
    case "SKIPPED":
      return null;
  }
}

/** Piece after piece, each from the end of the one before; a piece of no length is left out. */
class Spans {
  readonly list: Span[] = [];
  readonly end: number;
  #at = -Infinity;

  constructor(end: number) {
    this.end = end;
  }

  to(
    kind: Span["kind"],
    begin: number | null,
    until: number,
    attempt: number | null = null,
    cause: string | null = null,
  ): void {
    const from = Math.max(this.#at, begin ?? this.#at);
    const to = Math.min(until, this.end);
    if (to <= from) return;
    this.list.push({ kind, from, to, attempt, cause });
    this.#at = to;
  }
}
