import type { CallView } from "../api/types.ts";
import { isoMillis } from "../models/format.ts";
import { releasesOf, type Release } from "./releases.ts";

/** What a call did or waited for, piece after piece. All times are milliseconds of the epoch of time. */

/** A gap: the call waited. */
export type Wait = "queue" | "worker" | "backoff" | "rate-limit";

/** An attempt, by what became of it. */
export type Work =
  "ok" | "running" | "retried" | "failed" | "timed-out" | "cancelled" | "lost" | "handed-back";

export interface Span {
  kind: Wait | Work;
  /** Of the call, from 1. */
  epoch: number;
  from: number;
  /** At least `from`. */
  to: number;
  /** The attempt under way, from 1; null while the call waits. */
  attempt: number | null;
  /** Why the attempt failed, or the gap follows. */
  cause: string | null;
}

/** An ended call has no other pieces until it changes, and then it is another object. */
const ended = new WeakMap<CallView, readonly Span[]>();

/** The pieces of a call's epochs in the order of time, up to its end or to now. */
export function spansOf(call: CallView, now: number): readonly Span[] {
  const known = ended.get(call);
  if (known !== undefined) return known;
  const spans = new Spans();
  for (const release of releasesOf(call)) addEpoch(spans, call, release, now);
  if (call.finishedAt !== null) ended.set(call, spans.list);
  return spans.list;
}

/** Of one epoch, or of all when none is named. */
export function piecesOf(
  { call, epoch }: { call: CallView; epoch?: number },
  now: number,
): readonly Span[] {
  const spans = spansOf(call, now);
  if (epoch === undefined || call.earlier.length === 0) return spans;
  return spans.filter((span) => span.epoch === epoch);
}

function addEpoch(spans: Spans, call: CallView, release: Release, now: number): void {
  const { epoch, queued, released, state } = release;
  const begin = queued ?? released;
  if (begin === null) return;
  spans.open(epoch, release.ended ?? now);
  spans.to("queue", begin, released ?? spans.end);
  if (released === null) return;
  const retries = retriesOf(call, release);
  spans.to("worker", released, startOf(release, released, retries[0]?.at) ?? spans.end);
  for (const [index, { attempt, cause, delay, at }] of retries.entries()) {
    const failed = Date.parse(at);
    spans.to("retried", null, failed, attempt - 1, cause);
    const announced =
      epoch === call.epoch && index === retries.length - 1 ? call.nextAttemptAt : null;
    const next = announced === null ? failed + (isoMillis(delay) ?? 0) : Date.parse(announced);
    spans.to(cause === "RATE_LIMITED" ? "rate-limit" : "backoff", failed, next, null, cause);
  }
  const last = workOf(state);
  if (last === null || release.started === null) return;
  const attempt = epoch === call.epoch ? call.attempt : (retries.at(-1)?.attempt ?? 1);
  spans.to(last, null, spans.end, attempt, release.cause);
}

/** What was told of an epoch when it was over already moves nothing. */
function retriesOf(call: CallView, { epoch, ended: over }: Release): CallView["retries"] {
  const until = epoch === call.epoch || over === null ? Infinity : over;
  return call.retries.filter((each) => each.epoch === epoch && Date.parse(each.at) < until);
}

/** Where the first attempt began; a start that is later than its failure is another attempt's. */
function startOf(
  { started }: Release,
  released: number,
  failedAt: string | undefined,
): number | null {
  if (started !== null && failedAt !== undefined && started > Date.parse(failedAt)) return released;
  return started;
}

function workOf(state: Release["state"]): Work | null {
  switch (state) {
    case "OK":
      return "ok";
    case "FAILED":
      return "failed";
    case "TIMED_OUT":
      return "timed-out";
    case "CANCELLED":
      return "cancelled";
    case "LOST":
      return "lost";
    case "HANDED_BACK":
      return "handed-back";
    case "IN_FLIGHT":
      return "running";
    case "STRAY":
    case "QUEUED":
    case "DISPATCHED":
    case "SKIPPED":
      return null;
  }
}

/**
 * Piece after piece, each from the end of the one before. A piece of no length is left out, but the loss
 * of a worker: it is told also when the call paused.
 */
class Spans {
  readonly list: Span[] = [];
  end = Infinity;
  #epoch = 0;
  #at = -Infinity;

  /** What follows is of this epoch, and not later than its end. */
  open(epoch: number, end: number): void {
    this.#epoch = epoch;
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
    if (to < from || (to === from && kind !== "lost")) return;
    this.list.push({ kind, epoch: this.#epoch, from, to, attempt, cause });
    this.#at = to;
  }
}
