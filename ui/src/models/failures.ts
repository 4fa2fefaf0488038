import type { CallView } from "../api/types.ts";

/** All that went wrong in a run in one way: what still stands, and what a retry has mended. */
export interface FailureGroup {
  /** Short, stable and fit for an address: the kind and the message without its particulars. */
  fingerprint: string;
  kind: string;
  /** Attempts that failed so: the standing ones and the retried ones. */
  count: number;
  /** Calls whose latest attempt failed so: still waiting for a retry, or ended. */
  standing: number;
  /** Attempts that failed so and were followed by another attempt, or will be. */
  retried: number;
  /** The latest message as it was. */
  sample: string;
  firstAt: string;
  lastAt: string;
  /** The calls, each once. */
  calls: ReadonlySet<string>;
  /** What those calls have cost so far, each counted once. */
  costUsd: number;
}

interface Failure {
  kind: string;
  message: string;
  at: string;
  standing: boolean;
}

type Draft = Omit<FailureGroup, "calls"> & { calls: Set<string> };

/** Standing failures first, then the most frequent. Another call's success clears nothing. */
export function failureGroups(calls: Iterable<CallView>): FailureGroup[] {
  const groups = new Map<string, Draft>();
  for (const call of calls)
    for (const failure of failuresOf(call)) {
      const fingerprint = fingerprintOf(failure.kind, failure.message);
      const group = groups.get(fingerprint) ?? draftOf(fingerprint, failure);
      groups.set(fingerprint, group);
      add(group, call, failure);
    }
  return [...groups.values()].sort(
    (a, b) =>
      b.standing - a.standing || b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1),
  );
}

function draftOf(fingerprint: string, { kind, message, at }: Failure): Draft {
  return {
    fingerprint,
    kind,
    count: 0,
    standing: 0,
    retried: 0,
    sample: message,
    firstAt: at,
    lastAt: at,
    calls: new Set(),
    costUsd: 0,
  };
}

function add(group: Draft, call: CallView, { message, at, standing }: Failure): void {
  group.count++;
  if (standing) group.standing++;
  else group.retried++;
  if (at < group.firstAt) group.firstAt = at;
  if (at >= group.lastAt) {
    group.lastAt = at;
    group.sample = message;
  }
  if (!group.calls.has(call.callId)) group.costUsd += call.costUsd;
  group.calls.add(call.callId);
}

/** Each failed attempt of the call once: the last one may be told as a retry and as the last error. */
function failuresOf({ retries, lastError, epoch }: CallView): Failure[] {
  const active = lastError?.active === true ? lastError : null;
  const isActive = (retry: { epoch: number; attempt: number }) =>
    active !== null && retry.epoch === epoch && retry.attempt - 1 === active.attempt;
  const failures: Failure[] = retries
    .filter((retry) => !isActive(retry))
    .map(({ cause, message, at }) => ({ kind: cause, message, at, standing: false }));
  if (active !== null) {
    const { kind, message, at } = active;
    failures.push({ kind, message, at, standing: true });
  }
  return failures;
}

/** Whether an attempt of the call has failed in this way. */
export function hasFailure(call: CallView, fingerprint: string): boolean {
  return failuresOf(call).some(({ kind, message }) => fingerprintOf(kind, message) === fingerprint);
}

const known = new Map<string, string>();

/** The same for errors that differ in numbers, ids and quoted parts alone. */
export function fingerprintOf(kind: string, message: string): string {
  const key = `${kind} ${message}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  // Bounded: messages with an id in them are all different.
  if (known.size > 10_000) known.clear();
  const fingerprint = hash(`${kind} ${normalised(message)}`);
  known.set(key, fingerprint);
  return fingerprint;
}

/** Why the worker did not ask again stands after its last error, and is no part of it. */
const GIVEN_UP =
  / \((?:asking again cannot help|\d+ of \d+ attempts used|it was asked again already|(?:the provider asked to wait .*)?\d+ ms left until the deadline)\)$/;

/** The message without what is particular to one request. */
export function normalised(message: string): string {
  return message
    .replace(GIVEN_UP, "")
    .replace(/"[^"]*"|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'/gu, "“…”")
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "‹id›")
    .replace(/\b(?=\w*\d)\w*[a-z_]\w{7,}\b/gi, "‹id›")
    .replace(/\d+(?:[.,:]\d+)*/g, "‹n›")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** FNV-1a: no secret, only a short name. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return `e${value.toString(36)}`;
}
