import type { Phase, Stats } from "../api/types.ts";
import { phaseName } from "../models/phases.ts";

/**
 * From a number on the screen to the events that made it. A number is named by what it counts and
 * by the part of the run that it counts in; everything else here is derived from that name.
 */

export const EVENT_TYPES = [
  "call-queued",
  "call-dispatched",
  "call-started",
  "call-progressed",
  "call-handed-back",
  "call-retried",
  "call-succeeded",
  "call-failed",
  "call-timed-out",
  "call-cancelled",
  "call-orphaned",
  "call-skipped",
] as const;

/** The logical names of events on the wire, as far as numbers are made of them. */
export type EventType = (typeof EVENT_TYPES)[number];

const ENDS: readonly EventType[] = [
  "call-succeeded",
  "call-failed",
  "call-timed-out",
  "call-cancelled",
  "call-skipped",
];

/** Events that tell what an epoch has used so far. */
const SPENDS: readonly EventType[] = [
  "call-retried",
  "call-handed-back",
  "call-succeeded",
  "call-failed",
  "call-timed-out",
  "call-cancelled",
];

/** Events after which a call waits: it was planned, or its worker gave it back or was lost. */
const WAITS: readonly EventType[] = ["call-queued", "call-handed-back", "call-orphaned"];

const FAILURES: readonly EventType[] = [
  "call-retried",
  "call-failed",
  "call-timed-out",
  "call-cancelled",
  "call-skipped",
  "call-orphaned",
  "call-handed-back",
];

export type Unit = "events" | "usd" | "tokens";

interface Meaning {
  /** As it stands in a title: "Timed out". */
  label: string;
  unit: Unit;
  types: readonly EventType[];
}

const MEANINGS = {
  planned: { label: "Planned", unit: "events", types: ["call-queued", "call-skipped"] },
  queued: { label: "Queued", unit: "events", types: WAITS },
  inFlight: { label: "In flight", unit: "events", types: ["call-started"] },
  ok: { label: "Ok", unit: "events", types: ["call-succeeded"] },
  failed: { label: "Failed", unit: "events", types: ["call-failed"] },
  timedOut: { label: "Timed out", unit: "events", types: ["call-timed-out"] },
  cancelled: { label: "Cancelled", unit: "events", types: ["call-cancelled"] },
  skipped: { label: "Skipped", unit: "events", types: ["call-skipped"] },
  ended: { label: "Ended", unit: "events", types: ENDS },
  bad: { label: "Failed or timed out", unit: "events", types: ["call-failed", "call-timed-out"] },
  retries: { label: "Retries", unit: "events", types: ["call-retried"] },
  attempts: { label: "Paid requests", unit: "events", types: ["call-started", ...SPENDS] },
  costUsd: { label: "Cost", unit: "usd", types: SPENDS },
  savedUsd: { label: "Saved", unit: "usd", types: ["call-skipped"] },
  inputTokens: { label: "Tokens in", unit: "tokens", types: SPENDS },
  outputTokens: { label: "Tokens out", unit: "tokens", types: SPENDS },
  failures: { label: "Failed attempts", unit: "events", types: FAILURES },
  standing: { label: "Active errors", unit: "events", types: FAILURES },
  mended: { label: "Retried errors", unit: "events", types: ["call-retried"] },
  succeededUsd: { label: "Cost of what succeeded", unit: "usd", types: SPENDS },
  failedUsd: { label: "Cost of what failed", unit: "usd", types: SPENDS },
  retriedUsd: { label: "Cost of what was retried", unit: "usd", types: SPENDS },
  orphanedUsd: { label: "Cost of what was lost with a worker", unit: "usd", types: SPENDS },
  lateUsd: { label: "Cost of late answers", unit: "usd", types: SPENDS },
  replacedUsd: { label: "Cost of successes that were run anew", unit: "usd", types: SPENDS },
} as const satisfies Record<string, Meaning>;

export type NumberName = keyof typeof MEANINGS;

/** The parts of a cost; only whole runs, phases and models have them. */
export const COST_PARTS = [
  "succeededUsd",
  "failedUsd",
  "retriedUsd",
  "orphanedUsd",
  "lateUsd",
  "replacedUsd",
] as const satisfies NumberName[];

export type CostPart = (typeof COST_PARTS)[number];

export function isCostPart(number: NumberName): number is CostPart {
  return COST_PARTS.some((part) => part === number);
}

export type OfErrors = "failures" | "standing" | "mended";

export function isOfErrors(number: NumberName): number is OfErrors {
  return number === "failures" || number === "standing" || number === "mended";
}

export const NUMBER_NAMES = Object.keys(MEANINGS) as NumberName[];

export interface NumberSource {
  number: NumberName;
  phase?: Phase;
  model?: string;
  /** The worker that has, or ended, the call. */
  worker?: string;
  /** The fingerprint of an error; with the three numbers of errors only. */
  failure?: string;
}

export function meaningOf(number: NumberName): Meaning {
  return MEANINGS[number];
}

/** What to ask the history for. Errors are told apart by their text, which only the page can do. */
export interface HistoryFilter {
  types: readonly EventType[];
  phase: Phase | null;
  model: string | null;
  worker: string | null;
}

export function filterOf({ number, phase, model, worker }: NumberSource): HistoryFilter {
  return {
    types: MEANINGS[number].types,
    phase: phase ?? null,
    model: model ?? null,
    worker: worker ?? null,
  };
}

/** "Ok · Generation · openai:gpt-5.1". */
export function titleOf({ number, phase, model, worker }: NumberSource): string {
  const scope = [phase === undefined ? undefined : phaseName(phase), model, worker];
  return [MEANINGS[number].label, ...scope.filter((part) => part !== undefined)].join(" · ");
}

/** The numbers that each run, phase and model counts. */
export type CounterName = Extract<NumberName, keyof Stats>;
