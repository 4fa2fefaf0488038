import type { CallView, Phase, RunView } from "../api/types.ts";
import { isFinished, ranFor } from "./calls.ts";

/** How the models of a run compare: pure, out of its calls. */

/** Five numbers of a set of latencies, in milliseconds, and how many there are. */
export interface Spread {
  count: number;
  least: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  most: number;
}

export interface ModelRow {
  model: string;
  calls: number;
  ended: number;
  ok: number;
  /** Of the ended calls, from 0 to 1; null while none has ended. */
  okShare: number | null;
  /** Of the successful calls, from their start to their end; null while there is none. */
  latency: Spread | null;
  retries: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  /** Documents that are accepted, by the measure of the run. */
  accepted: number;
  /** All that the calls cost, by what was accepted; null while nothing is. */
  costPerAccepted: number | null;
}

/** What makes a document an accepted one; told beside the number that depends on it. */
export type Acceptance = "compared" | "ok";

/**
 * In a run that compares documents, one that reached the comparison; where none are compared, every
 * successful call counts, and the name says so.
 */
export function acceptanceOf(run: RunView, phase: Phase | null): Acceptance {
  const compares = (run.spec?.evaluation?.pairwise ?? null) !== null;
  return compares && (phase === "GENERATION" || phase === "COMBINE") ? "compared" : "ok";
}

export interface Compared {
  phase: Phase | null;
  acceptance: Acceptance;
  /** Documents that won without a comparison. */
  winners: ReadonlySet<string>;
}

/** A row for each model that has calls in the phase (null: in any), by name. */
export function modelRows(
  calls: ReadonlyMap<string, CallView>,
  { phase, acceptance, winners }: Compared,
): ModelRow[] {
  const reached = acceptance === "compared" ? reachedComparison(calls.values()) : null;
  const accepts = (call: CallView) =>
    call.state === "OK" &&
    (reached === null || reached.has(call.callId) || winners.has(call.callId));
  const drafts = new Map<string, Draft>();
  for (const call of calls.values()) {
    if (call.model === null || call.state === "STRAY") continue;
    if (phase !== null && call.phase !== phase) continue;
    const draft = drafts.get(call.model) ?? blank();
    drafts.set(call.model, draft);
    add(draft, call, accepts(call));
  }
  return [...drafts]
    .map(([model, draft]) => rowOf(model, draft))
    .sort((a, b) => NAMES.compare(a.model, b.model));
}

const NAMES = new Intl.Collator("en", { numeric: true });

/** The documents that some judge was asked to compare. */
export function reachedComparison(calls: Iterable<CallView>): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const { phase, subject } of calls)
    if ((phase === "PAIRWISE" || phase === "POST_COMBINE") && subject !== null)
      for (const document of subject.split(":")) reached.add(document);
  return reached;
}

type Draft = Omit<ModelRow, "model" | "okShare" | "latency" | "costPerAccepted"> & {
  latencies: number[];
};

function blank(): Draft {
  return {
    calls: 0,
    ended: 0,
    ok: 0,
    retries: 0,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    accepted: 0,
    latencies: [],
  };
}

function add(draft: Draft, call: CallView, accepted: boolean): void {
  draft.calls++;
  draft.ended += Number(isFinished(call));
  draft.retries += call.retries.length;
  draft.inputTokens += call.usage.inputTokens;
  draft.outputTokens += call.usage.outputTokens;
  draft.costUsd += call.costUsd;
  draft.accepted += Number(accepted);
  if (call.state !== "OK") return;
  draft.ok++;
  // A document that was taken over from another run was never started: it has no latency.
  const ran = ranFor(call);
  if (ran !== null) draft.latencies.push(ran);
}

function rowOf(model: string, { latencies, ...sums }: Draft): ModelRow {
  return {
    model,
    ...sums,
    okShare: sums.ended === 0 ? null : sums.ok / sums.ended,
    latency: spreadOf(latencies),
    costPerAccepted: sums.accepted === 0 ? null : sums.costUsd / sums.accepted,
  };
}

export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = Float64Array.from(values).sort();
  const least = sorted[0];
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return null;
  const at = (share: number) => quantile(sorted, share);
  return {
    count: sorted.length,
    least,
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    most,
  };
}

/** The value that so large a share does not exceed: always one that was measured. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export type SortKey =
  "model" | Exclude<keyof ModelRow, "model" | "accepted" | "latency"> | "p50" | "p95";

export interface Sorting {
  by: SortKey;
  descending: boolean;
}

/** What is not known stands last, whichever way the column is turned. */
export function sortedRows(rows: readonly ModelRow[], { by, descending }: Sorting): ModelRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (by === "model") return sign * NAMES.compare(a.model, b.model);
    const [left, right] = [measureOf(a, by), measureOf(b, by)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || NAMES.compare(a.model, b.model);
    return sign * (left - right) || NAMES.compare(a.model, b.model);
  });
}

function measureOf(row: ModelRow, by: Exclude<SortKey, "model">): number | null {
  return by === "p50" || by === "p95" ? (row.latency?.[by] ?? null) : row[by];
}

const STEPS_MS = [
  1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000,
];

/** A scale in milliseconds that begins at 0. */
export interface Axis {
  top: number;
  ticks: readonly number[];
}

/** The shared scale of all plots: whole steps from 0 to beyond the longest latency. */
export function axisOf(rows: readonly ModelRow[]): Axis {
  const longest = Math.max(1, ...rows.map(({ latency }) => latency?.most ?? 0));
  const step = STEPS_MS.find((each) => longest <= each * 4) ?? longest / 4;
  const steps = Math.max(1, Math.ceil(longest / step));
  return { top: steps * step, ticks: Array.from({ length: steps + 1 }, (_, at) => at * step) };
}
