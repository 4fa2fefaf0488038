import type {
  CallView,
  LaneView,
  Limits,
  LogLine,
  RunSpec,
  RunView,
  Stats,
  Version,
} from "../api/types.ts";

/** Valid values for tests; a test overrides only what it is about. */

export function version(offset: number, generation = 1): Version {
  return { generation, partition: 0, offset };
}

export function stats(overrides: Partial<Stats> = {}): Stats {
  return {
    planned: 0,
    queued: 0,
    inFlight: 0,
    ok: 0,
    failed: 0,
    timedOut: 0,
    cancelled: 0,
    skipped: 0,
    retries: 0,
    retrying: 0,
    attempts: 0,
    late: 0,
    costUsd: 0,
    inputTokens: 0,
    outputTokens: 0,
    reservedUsd: 0,
    savedUsd: 0,
    cost: {
      succeededUsd: 0,
      failedUsd: 0,
      retriedUsd: 0,
      orphanedUsd: 0,
      lateUsd: 0,
      replacedUsd: 0,
    },
    overshoot: {},
    ...overrides,
  };
}

export const LIMITS: Limits = {
  callDeadline: "PT10M",
  attemptTimeout: "PT5M",
  maxAttempts: 3,
  queueTtl: "PT1H",
  runDeadline: "PT2H",
  maxPaidCalls: 500,
  maxCostUsd: 5,
  concurrency: 20,
  onWorkerLost: "RETRY_ONCE",
  priority: "NORMAL",
  weight: 1,
};

export function run(overrides: Partial<RunView> = {}): RunView {
  return {
    runId: "run-1",
    name: "Three orders",
    status: "RUNNING",
    outcome: null,
    message: null,
    phases: ["GENERATION"],
    asOf: version(1),
    stats: stats({ planned: 1, queued: 1 }),
    byPhase: {},
    byModel: {},
    requestedAt: "2026-01-01T00:00:00Z",
    startedAt: null,
    deadlineAt: "2026-01-01T02:00:00Z",
    finishedAt: null,
    lastEventAt: "2026-01-01T00:00:00Z",
    anomalies: 0,
    archived: false,
    deleted: false,
    actions: [],
    limits: LIMITS,
    spec: null,
    ...overrides,
  };
}

export function call(overrides: Partial<CallView> = {}): CallView {
  return {
    runId: "run-1",
    callId: "call-1",
    phase: "GENERATION",
    document: "eo-14265.md",
    model: "openai:gpt-5.1",
    iteration: 1,
    subject: null,
    state: "QUEUED",
    epoch: 1,
    attempt: 1,
    workerId: null,
    queuedAt: "2026-01-01T00:00:00Z",
    dispatchedAt: null,
    startedAt: null,
    deadlineAt: null,
    nextAttemptAt: null,
    finishedAt: null,
    endedBy: null,
    lastError: null,
    retries: [],
    usage: { inputTokens: 0, outputTokens: 0, reasoningTokens: 0, cachedTokens: 0 },
    costUsd: 0,
    attempts: 0,
    enforcedBy: null,
    enforcedAt: null,
    artifacts: [],
    preview: null,
    suspicions: [],
    late: [],
    anomalies: [],
    spendByEpoch: {},
    retriedByEpoch: {},
    replacedEpochs: [],
    earlier: [],
    earlierEnds: {},
    savedUsd: 0,
    output: null,
    result: null,
    progress: null,
    reservedUsd: 0,
    version: 1,
    ...overrides,
  };
}

/** An epoch of a call that is over: its worker was lost. */
export function over(
  overrides: Partial<CallView["earlier"][number]> = {},
): CallView["earlier"][number] {
  return {
    epoch: 1,
    workerId: "worker-1",
    queuedAt: "2026-01-01T00:00:00Z",
    dispatchedAt: "2026-01-01T00:00:01Z",
    startedAt: "2026-01-01T00:00:01Z",
    endedAt: "2026-01-01T00:00:30Z",
    end: "LOST",
    cause: null,
    ...overrides,
  };
}

export const SPEC: RunSpec = {
  name: "Three orders",
  documents: [],
  instructions: { sha256: "00", size: 1, mediaType: "text/plain" },
  generation: { models: [] },
  limits: LIMITS,
  evaluation: null,
  combine: null,
  reuse: null,
};

export function lane(overrides: Partial<LaneView> = {}): LaneView {
  return {
    lane: "openai",
    limits: { concurrency: 8, requestsPerMinute: null, tokensPerMinute: null, adaptive: true },
    overridden: false,
    concurrencyNow: 8,
    inFlight: 0,
    waiting: 0,
    runs: 1,
    blockedUntil: null,
    requestsInWindow: 0,
    tokensInWindow: 0,
    at: "2026-01-01T00:00:00Z",
    ...overrides,
  };
}

export function line(overrides: Partial<LogLine> = {}): LogLine {
  return {
    position: "0.1",
    at: "2026-01-01T00:00:00Z",
    level: "INFO",
    callId: "call-1",
    epoch: 1,
    attempt: 1,
    source: "worker-1",
    text: "attempt 1 begins",
    ...overrides,
  };
}
