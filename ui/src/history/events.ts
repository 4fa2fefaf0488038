import type { CallState, RawEvent } from "../api/types.ts";

/** A fact as it stands in the log of a run; `callId` is null for one about the whole run. */
export interface HistoryEvent extends Omit<RawEvent, "event"> {
  callId: string | null;
  event: Readonly<Record<string, unknown>>;
}

/** An event out of the story of one call. */
export function withCall(event: RawEvent): HistoryEvent {
  const fields: Fields = event.event;
  const { callId } = fields;
  return { ...event, event: fields, callId: typeof callId === "string" ? callId : null };
}

export interface HistoryPage {
  items: HistoryEvent[];
  /** Where to go on; null when there is no more. */
  nextCursor: string | null;
}

/** What an event of a call says, as far as numbers are made of it. */
export interface Facts {
  type: string;
  at: string;
  epoch: number;
  attempt: number;
  /** The state in which it leaves the call, when it ends it. */
  ends: CallState | null;
  /** What its epoch has used so far; null when it does not tell. */
  spend: { attempts: number; costUsd: number; inputTokens: number; outputTokens: number } | null;
  failure: { kind: string; message: string } | null;
}

const ENDS: Readonly<Record<string, CallState>> = {
  "call-succeeded": "OK",
  "call-failed": "FAILED",
  "call-timed-out": "TIMED_OUT",
  "call-cancelled": "CANCELLED",
  "call-skipped": "SKIPPED",
};

export function factsOf({ type, at, event }: HistoryEvent): Facts {
  return {
    type,
    at,
    epoch: numberIn(event, "epoch"),
    attempt: numberIn(event, "attempt"),
    ends: ENDS[type] ?? null,
    spend: spendIn(event),
    failure: failureIn(type, event),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function spendIn(event: Fields): Facts["spend"] {
  const spend = fieldsIn(event, "spend");
  if (spend === null) return null;
  const usage = fieldsIn(spend, "usage") ?? {};
  return {
    attempts: numberIn(spend, "attempts"),
    costUsd: numberIn(spend, "costUsd"),
    inputTokens: numberIn(usage, "inputTokens"),
    outputTokens: numberIn(usage, "outputTokens"),
  };
}

/** The kind and the message under which the view of the call shows the failure. */
function failureIn(type: string, event: Fields): Facts["failure"] {
  switch (type) {
    case "call-retried":
      return { kind: textIn(event, "cause"), message: textIn(event, "message") };
    case "call-failed":
      return { kind: textIn(event, "kind"), message: textIn(event, "message") };
    case "call-timed-out":
      return { kind: "TIMED_OUT", message: textIn(event, "message") };
    case "call-cancelled":
      return { kind: "CANCELLED", message: textIn(event, "reason") };
    case "call-skipped":
      return { kind: textIn(event, "reason"), message: textIn(event, "message") };
    case "call-orphaned":
      return { kind: "WORKER_LOST", message: `worker ${textIn(event, "workerId")} fell silent` };
    case "call-handed-back":
      return { kind: "HANDED_BACK", message: textIn(event, "reason") };
    default:
      return null;
  }
}

/** What is to be read in a line: of a failure its text, of a progress what it tells. */
export function summaryOf({ type, event }: HistoryEvent): string {
  const failure = failureIn(type, event);
  if (failure !== null) return failure.message;
  return [textIn(event, "message"), textIn(event, "workerId"), textIn(event, "lane")]
    .join(" ")
    .trim();
}

export function fieldsIn(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  return typeof value === "object" && value !== null ? (value as Fields) : null;
}

export function numberIn(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === "number" ? value : 0;
}

export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}
