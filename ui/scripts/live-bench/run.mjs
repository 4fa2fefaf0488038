// A run of many calls that moves at a given pace: what a gateway would send of it.
import { contribute, emptyStats } from "../../mock/stats.mjs";

const MODELS = [
  "openai:gpt-5.1",
  "openai:gpt-5-mini",
  "anthropic:claude-opus-4-5",
  "google:gemini",
];
const WORKERS = 20;
const CHANGES_A_CALL = 2;

let seed = 11;
const draw = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

/** Values absolute and versions rising, as the stream promises. */
export class MovingRun {
  calls = [];
  lines = [];
  #offset = 1;
  #next = 0;

  constructor(runId, count, now, models = MODELS) {
    this.runId = runId;
    this.models = models;
    this.stats = emptyStats();
    this.byModel = Object.fromEntries(models.map((model) => [model, emptyStats()]));
    this.startedAt = new Date(now).toISOString();
    for (let index = 0; index < count; index++) this.#plan(index);
  }

  #plan(index) {
    const call = {
      runId: this.runId,
      callId: index.toString(16).padStart(32, "0"),
      phase: "GENERATION",
      document: `document-${index % 1_000}.md`,
      model: this.models[index % this.models.length],
      iteration: 1 + (index % 3),
      subject: null,
      state: "QUEUED",
      epoch: 1,
      attempt: 0,
      workerId: null,
      queuedAt: this.startedAt,
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
      output: null,
      preview: null,
      result: null,
      late: [],
      anomalies: [],
      spendByEpoch: {},
      retriedByEpoch: {},
      earlierEnds: {},
      earlier: [],
      savedUsd: 0,
      progress: null,
      reservedUsd: 0,
      version: 1,
    };
    this.calls.push(call);
    this.#count(call, 1);
  }

  #count(call, sign) {
    contribute(this.stats, call, sign);
    contribute(this.byModel[call.model], call, sign);
  }

  /** How many changes there are until each call has ended. */
  get changes() {
    return this.calls.length * CHANGES_A_CALL;
  }

  /** The next `count` changes: each call starts, and a while after it ends. */
  move(count, now) {
    const changed = new Map();
    for (let moved = 0; moved < count && this.#next < this.changes; moved++, this.#next++) {
      const call = this.calls[this.#callOf(this.#next)];
      this.#count(call, -1);
      if (call.state === "QUEUED") this.#start(call, now);
      else this.#end(call, now);
      this.#count(call, 1);
      call.version = ++this.#offset;
      changed.set(call.callId, call);
    }
    return [...changed.values()];
  }

  /** Blocks of 200 calls: all of a block start, then all of it end. */
  #callOf(change) {
    const block = Math.floor(change / 400);
    return Math.min(this.calls.length - 1, block * 200 + (change % 200));
  }

  #start(call, now) {
    const at = new Date(now).toISOString();
    Object.assign(call, {
      state: "IN_FLIGHT",
      attempt: 1,
      dispatchedAt: at,
      startedAt: at,
      deadlineAt: new Date(now + 600_000).toISOString(),
      workerId: `worker-${1 + Math.floor(draw() * WORKERS)}`,
      reservedUsd: 0.04,
    });
    this.#say("INFO", call, "attempt 1 begins", at);
  }

  #end(call, now) {
    const at = new Date(now).toISOString();
    const failed = draw() < 0.05;
    if (draw() < 0.15) call.retries = [...call.retries, retry(at)];
    Object.assign(call, {
      state: failed ? "FAILED" : "OK",
      finishedAt: at,
      attempts: 1 + call.retries.length,
      usage: { inputTokens: 1_800, outputTokens: 900, reasoningTokens: 0, cachedTokens: 0 },
      costUsd: 0.0123,
      reservedUsd: 0,
      preview: failed ? null : "# An order\n\nIt is hereby ordered",
      lastError: failed ? error(at) : null,
    });
    this.#say(failed ? "ERROR" : "INFO", call, failed ? "server error (500)" : "ended ok", at);
  }

  #say(level, { callId, workerId }, text, at) {
    const position = `0.${this.lines.length + 1}`;
    const line = { position, at, level, callId, epoch: 1, attempt: 1, source: workerId, text };
    this.lines.push(line);
  }

  page(after, limit) {
    const from = after === null ? 0 : Number(after.slice(2));
    const items = this.lines.slice(from, from + limit);
    return { items, next: `0.${from + items.length}` };
  }

  get asOf() {
    return { generation: 1, partition: 0, offset: this.#offset };
  }

  view() {
    return {
      runId: this.runId,
      name: `A run of ${this.calls.length.toLocaleString("en-US")} calls`,
      status: "RUNNING",
      outcome: null,
      message: null,
      phases: ["GENERATION"],
      asOf: this.asOf,
      stats: this.stats,
      byPhase: { GENERATION: this.stats },
      byModel: this.byModel,
      requestedAt: this.startedAt,
      startedAt: this.startedAt,
      deadlineAt: new Date(Date.parse(this.startedAt) + 7_200_000).toISOString(),
      finishedAt: null,
      lastEventAt: this.startedAt,
      anomalies: 0,
      actions: [],
      archived: false,
      limits: LIMITS,
      spec: null,
    };
  }
}

function retry(at) {
  const why = { cause: "RATE_LIMITED", message: "slow down", httpStatus: 429 };
  return { epoch: 1, attempt: 2, ...why, delay: "PT1S", remainingBudget: "PT9M", at };
}

function error(at) {
  return {
    kind: "SERVER_ERROR",
    message: `request ${Math.floor(draw() * 1e9)} failed`,
    httpStatus: 500,
    attempt: 1,
    at,
    active: true,
  };
}

const LIMITS = {
  callDeadline: "PT10M",
  attemptTimeout: "PT5M",
  maxAttempts: 3,
  queueTtl: "PT1H",
  runDeadline: "PT2H",
  maxPaidCalls: 50_000,
  maxCostUsd: 500,
  concurrency: 500,
  onWorkerLost: "RETRY_ONCE",
  priority: "NORMAL",
  weight: 1,
};
