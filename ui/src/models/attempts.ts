import type { CallView } from "../api/types.ts";
import { factsOf, fieldsIn, numberIn, textIn, type HistoryEvent } from "../history/events.ts";
import { isFinished } from "./calls.ts";

type Artifact = CallView["artifacts"][number];

/** One request of a call to its provider, and what became of it. */
export interface Attempt {
  epoch: number;
  attempt: number;
  outcome: "ok" | "failed" | "retried" | "under way" | "superseded" | "late";
  /** What went wrong: a failure kind; null when nothing did. */
  kind: string | null;
  httpStatus: number | null;
  message: string;
  at: string | null;
  /** The pause after it and what was left of the deadline then; ISO durations. */
  pause: { delay: string; remaining: string } | null;
  artifacts: readonly Artifact[];
}

type Bare = Omit<Attempt, "artifacts">;

/**
 * All attempts of a call in order. The call's view tells those of the epoch that counts and every
 * retry; how older epochs ended, and what came late, only the events tell (none: not read yet).
 */
export function attemptsOf(call: CallView, events: readonly HistoryEvent[]): Attempt[] {
  const attempts = [...retriedOf(call), ...pastOf(call, events), ...lastOf(call)];
  return attempts
    .map((each) => ({ ...each, artifacts: artifactsOf(call, each) }))
    .sort((a, b) => a.epoch - b.epoch || a.attempt - b.attempt || order(a.at, b.at));
}

function order(a: string | null, b: string | null): number {
  return (a === null ? Infinity : Date.parse(a)) - (b === null ? Infinity : Date.parse(b)) || 0;
}

function retriedOf({ retries }: CallView): Bare[] {
  return retries.map(
    ({ epoch, attempt, cause, httpStatus, message, at, delay, remainingBudget }) => ({
      epoch,
      attempt: attempt - 1,
      outcome: "retried",
      kind: cause,
      httpStatus,
      message,
      at,
      pause: { delay, remaining: remainingBudget },
    }),
  );
}

/** The attempt that decided the call, or that is under way; none while the next one is awaited. */
function lastOf(call: CallView): Bare[] {
  const { epoch, attempt, lastError, finishedAt, startedAt } = call;
  if (attempt === 0) return [];
  const bare = { epoch, attempt, httpStatus: null, pause: null };
  if (call.state === "OK")
    return [{ ...bare, outcome: "ok", kind: null, message: "", at: finishedAt }];
  if (!isFinished(call))
    return call.state === "IN_FLIGHT" && call.nextAttemptAt === null
      ? [{ ...bare, outcome: "under way", kind: null, message: "", at: startedAt }]
      : [];
  if (lastError === null) return [];
  const { kind, httpStatus, message, at } = lastError;
  return [{ ...bare, outcome: "failed", kind, httpStatus, message, at }];
}

const PAST = new Set([
  "call-orphaned",
  "call-handed-back",
  "call-succeeded",
  "call-failed",
  "call-timed-out",
  "call-cancelled",
]);

/** Ends of epochs that do not count any more, and ends that came after the one that counts. */
function pastOf(call: CallView, events: readonly HistoryEvent[]): Bare[] {
  return events.flatMap((each): Bare[] => {
    const { type, at, epoch, attempt, failure } = factsOf(each);
    if (!PAST.has(type)) return [];
    const late = call.late.some(
      (end) => end.type === type && end.epoch === epoch && Date.parse(end.at) === Date.parse(at),
    );
    if (!late && epoch >= call.epoch) return [];
    return [
      {
        epoch,
        attempt: attempt === 0 ? lastKnown(events, epoch) : attempt,
        outcome: late ? "late" : "superseded",
        kind: failure?.kind ?? null,
        httpStatus: numberIn(each.event, "httpStatus") || null,
        message: failure?.message ?? "",
        at,
        pause: null,
      },
    ];
  });
}

/** A lost worker could not say at which attempt it was: the last one that the log told of. */
function lastKnown(events: readonly HistoryEvent[], epoch: number): number {
  return events
    .map(factsOf)
    .filter((facts) => facts.epoch === epoch)
    .reduce((most, { attempt }) => Math.max(most, attempt), 0);
}

function artifactsOf(call: CallView, { epoch, attempt }: Bare): Artifact[] {
  return call.artifacts.filter((each) => each.epoch === epoch && each.attempt === attempt);
}

/**
 * What belongs to no attempt that is told: of an older epoch while the events are not read, or a
 * document that was taken over from another run.
 */
export function otherArtifacts(call: CallView, attempts: readonly Attempt[]): Artifact[] {
  const placed = new Set(attempts.flatMap(({ artifacts }) => artifacts));
  const others = call.artifacts.filter((each) => !placed.has(each));
  const { output, epoch, attempt } = call;
  if (output !== null && !call.artifacts.some(({ ref }) => ref.sha256 === output.sha256))
    others.push({ role: "OUTPUT", epoch, attempt, ref: output });
  return others;
}

/** What the answer itself proves, and how long it took; as the event of the success tells it. */
export interface Evidence {
  grounded: boolean;
  reasoned: boolean;
  sources: readonly string[];
  /** ISO durations from sending the request. */
  firstByte: string;
  total: string;
}

/** Null when the call has not succeeded, or its success has not been read. */
export function evidenceOf(call: CallView, events: readonly HistoryEvent[]): Evidence | null {
  if (call.state !== "OK") return null;
  const event = events.find(
    (each) => each.type === "call-succeeded" && factsOf(each).epoch === call.epoch,
  )?.event;
  const evidence = event === undefined ? null : fieldsIn(event, "evidence");
  if (event === undefined || evidence === null) return null;
  const timings = fieldsIn(event, "timings") ?? {};
  const sources = evidence.sources;
  return {
    grounded: evidence.grounded === true,
    reasoned: evidence.reasoned === true,
    sources: Array.isArray(sources) ? sources.filter((each) => typeof each === "string") : [],
    firstByte: textIn(timings, "firstByte"),
    total: textIn(timings, "total"),
  };
}
