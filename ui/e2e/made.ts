import type { CallState, CallView, RunView, Stats } from "../src/api/types.ts";
import { contribution, type Summed } from "../src/models/contribution.ts";
import { call, LIMITS, run, SPEC, stats, version } from "../src/models/fixtures.ts";

/** Runs that never were: as large, as broken or as young as a page must be able to show them. */

export interface MadeRun {
  run: RunView;
  calls: CallView[];
}

export const MODELS = [
  "openai:gpt-5.1",
  "openai:gpt-5-mini",
  "google:gemini-2.5-pro",
  "openrouter:meta-llama/llama-3.3-70b-instruct",
];

export const RUN_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const OFFSET = 41_237;
const MINUTE = 60_000;

/** What has become of a call, by its number in the plan. */
export type StateOf = (index: number, planned: number) => CallState;

interface Plan {
  documents: string[];
  models?: string[];
  iterations?: number;
  stateOf: StateOf;
  /** How long ago it was asked for. */
  minutesAgo?: number;
}

/** A run of that plan; its numbers are what its calls add up to. */
export function made(plan: Plan, overrides: Partial<RunView> = {}): MadeRun {
  const { documents, models = MODELS, iterations = 1, stateOf, minutesAgo = 14 } = plan;
  const begin = Date.now() - minutesAgo * MINUTE;
  /** The last call begins then, and no call ends later. */
  const told = (minutesAgo - 1) * MINUTE;
  const planned = documents
    .flatMap((document) => models.map((model) => ({ document, model })))
    .flatMap((each) =>
      Array.from({ length: iterations }, (_, index) => ({ ...each, iteration: index + 1 })),
    )
    .map((what, index, all) => ({ ...what, state: stateOf(index, all.length) }));
  const started = planned.filter(({ state }) => state !== "QUEUED").length;
  const calls = planned.map(({ state, ...what }, index) => {
    const start = Math.min(1, index / started) * told;
    return call({ ...what, ...storyOf(state, index, begin + start, begin + told) });
  });
  const at = (ms: number) => new Date(begin + ms).toISOString();
  return {
    calls,
    run: run({
      runId: RUN_ID,
      name: "Orders of the spring",
      asOf: version(OFFSET),
      stats: sumOf(calls),
      byPhase: { GENERATION: sumOf(calls) },
      byModel: Object.fromEntries(
        models.map((model) => [model, sumOf(calls.filter((each) => each.model === model))]),
      ),
      requestedAt: at(0),
      startedAt: at(400),
      deadlineAt: at(120 * MINUTE),
      limits: { ...LIMITS, maxPaidCalls: calls.length * 3, maxCostUsd: calls.length * 0.02 },
      spec: specOf(documents, models, iterations),
      ...overrides,
    }),
  };
}

/** The calls that have begun did so one after the other; none ends after `latest`. */
function storyOf(
  state: CallState,
  index: number,
  start: number,
  latest: number,
): Partial<CallView> {
  const at = (ms: number) => new Date(start + ms).toISOString();
  const took = Math.min(latest - start, 20_000 + ((index * 7_919) % 90) * 1_000);
  const queued = { ...idOf(index), state, queuedAt: at(-400) };
  if (state === "QUEUED") return queued;
  if (state === "SKIPPED") return { ...queued, finishedAt: at(took) };
  const started = {
    ...queued,
    dispatchedAt: at(-60),
    startedAt: at(0),
    deadlineAt: at(10 * MINUTE),
    workerId: `worker-${1 + (index % 3)}`,
    attempts: 1,
    reservedUsd: state === "IN_FLIGHT" ? 0.011 : 0,
  };
  const retried = index % 9 === 4 ? retriedOnce(at) : {};
  if (state === "IN_FLIGHT") return { ...started, ...retried };
  return { ...started, ...retried, ...endOf(state, index, at(took)) };
}

/** As the log makes them: 32 hexadecimal digits, the same for the same place in the plan. */
function idOf(index: number): Partial<CallView> {
  return { runId: RUN_ID, callId: index.toString(16).padStart(32, "0"), version: OFFSET };
}

function retriedOnce(at: (ms: number) => string): Partial<CallView> {
  const error = { message: "Too many requests: slow down, please", httpStatus: 429, at: at(9_000) };
  return {
    attempt: 2,
    attempts: 2,
    retries: [
      {
        ...error,
        epoch: 1,
        attempt: 2,
        cause: "RATE_LIMITED",
        delay: "PT1.2S",
        remainingBudget: "PT9M50S",
      },
    ],
    lastError: { ...error, kind: "RATE_LIMITED", attempt: 1, active: false },
  };
}

function endOf(state: CallState, index: number, finishedAt: string): Partial<CallView> {
  const usage = {
    inputTokens: 640 + index,
    outputTokens: 410,
    reasoningTokens: 64,
    cachedTokens: 0,
  };
  if (state === "OK") return { finishedAt, usage, costUsd: 0.0049 };
  const kind = (
    { FAILED: "SERVER_ERROR", TIMED_OUT: "TIMED_OUT", CANCELLED: "CANCELLED" } as const
  )[state as "FAILED" | "TIMED_OUT" | "CANCELLED"];
  const message = "The provider did not give a complete answer";
  const httpStatus = state === "FAILED" ? 503 : null;
  const lastError = { kind, message, httpStatus, attempt: 1, at: finishedAt, active: true };
  return { finishedAt, lastError, costUsd: 0.0011 };
}

const SUMS = [
  "planned",
  "queued",
  "inFlight",
  "ok",
  "failed",
  "timedOut",
  "cancelled",
  "skipped",
  "retries",
  "attempts",
  "costUsd",
  "inputTokens",
  "outputTokens",
] as const satisfies (Summed & keyof Stats)[];

function sumOf(calls: CallView[]): Stats {
  const total = (of: (each: CallView) => number) => calls.reduce((sum, each) => sum + of(each), 0);
  const spent = (ok: boolean) =>
    total(({ state, costUsd }) => ((state === "OK") === ok ? costUsd : 0));
  const sums = SUMS.map((name) => [name, total((each) => contribution(each, name))]);
  return stats({
    ...(Object.fromEntries(sums) as Partial<Stats>),
    reservedUsd: total(({ reservedUsd }) => reservedUsd),
    cost: { ...stats().cost, succeededUsd: spent(true), failedUsd: spent(false) },
  });
}

function specOf(documents: string[], models: string[], iterations: number) {
  const artifact = { sha256: "5f".repeat(32), size: 5_120, mediaType: "text/markdown" };
  return {
    ...SPEC,
    name: "Orders of the spring",
    documents: documents.map((name) => ({ name, artifact })),
    instructions: artifact,
    generation: {
      models: models.map((model) => ({
        model,
        iterations,
        maxOutputTokens: 8_000,
        grounding: "OFF" as const,
        reasoning: "OFF" as const,
      })),
    },
  };
}
