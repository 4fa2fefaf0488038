// One scripted run: a fold like the real one, with values absolute and versions rising.
import { Diary } from "./diary.mjs";
import { attemptOf } from "./attempt.mjs";
import { sha } from "./plan.mjs";
import { contribute, emptyStats } from "./stats.mjs";

const RUN_SPEED = Number(process.env.MOCK_SPEED ?? 1);
let serial = 0;

export class Run {
  calls = new Map();
  ledger;
  #clients = new Set();
  #changed = new Set();
  #timers = new Set();
  fault;
  ownFaults;
  slow;
  diary = new Diary();

  /** `options.fault(call, attempt)` names what goes wrong; `options.at` shifts the clock of a past run. */
  constructor(spec, ledger, options = {}) {
    this.ledger = ledger;
    // A preset run has its own troubles and must not take those that a test has scripted.
    this.ownFaults = options.fault !== undefined;
    this.fault = options.fault ?? (() => null);
    this.slow = options.slow ?? 1;
    const runId = sha(`run ${++serial} ${spec.name} ${Date.now()}`).slice(0, 32);
    this.at = options.at ?? (() => new Date().toISOString());
    this.view = {
      runId,
      name: spec.name,
      status: "REQUESTED",
      outcome: null,
      message: null,
      phases: ["GENERATION"],
      asOf: { generation: 1, partition: 0, offset: serial * 1000 },
      stats: emptyStats(),
      byPhase: { GENERATION: emptyStats() },
      byModel: {},
      requestedAt: this.at(),
      startedAt: null,
      deadlineAt: new Date(Date.parse(this.at()) + 7_200_000).toISOString(),
      finishedAt: null,
      anomalies: 0,
      actions: [],
      limits: spec.limits,
      spec,
    };
    for (const document of spec.documents)
      for (const { model, iterations = 1 } of spec.generation.models)
        for (let iteration = 1; iteration <= iterations; iteration++)
          this.plan(document, model, iteration);
  }

  plan({ name }, model, iteration, phase = "GENERATION", subject = null) {
    const call = {
      runId: this.view.runId,
      callId: sha(`${this.view.runId} ${name} ${model} ${iteration} ${phase} ${subject}`).slice(
        0,
        32,
      ),
      phase,
      document: name,
      model,
      iteration,
      subject,
      state: "QUEUED",
      epoch: 1,
      attempt: 1,
      workerId: null,
      queuedAt: this.at(),
      dispatchedAt: null,
      startedAt: null,
      deadlineAt: null,
      nextAttemptAt: null,
      finishedAt: null,
      lastError: null,
      retries: [],
      usage: { inputTokens: 0, outputTokens: 0, reasoningTokens: 0, cachedTokens: 0 },
      costUsd: 0,
      attempts: 0,
      enforcedBy: null,
      enforcedAt: null,
      artifacts: [],
      preview: null,
      late: [],
      anomalies: [],
      spendByEpoch: {},
      retriedByEpoch: {},
      earlierEnds: {},
      progress: null,
      reservedUsd: 0,
      savedUsd: 0,
      output: null,
      result: null,
      endedBy: null,
      version: this.view.asOf.offset,
    };
    this.view.byModel[model] ??= emptyStats();
    this.view.byPhase[phase] ??= emptyStats();
    this.#changed.add(call.callId);
    this.calls.set(call.callId, call);
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
    this.diary.record("call-queued", call, call.version, call.queuedAt, { iteration });
  }

  #statsOf(call) {
    return [this.view.stats, this.view.byPhase[call.phase], this.view.byModel[call.model]];
  }

  /** The one way in which a call changes: take the old contribution away, add the new one. */
  change(call, part) {
    for (const stats of this.#statsOf(call)) contribute(stats, call, -1);
    Object.assign(call, part, { version: ++this.view.asOf.offset });
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
    this.#changed.add(call.callId);
  }

  /** Something was asked of the run, or it ended: the log tells it. */
  #told(type, reason) {
    this.view.asOf.offset++;
    const eventId = `00000000-0000-4000-8000-${String(this.view.asOf.offset).padStart(12, "0")}`;
    this.view.actions = [
      ...this.view.actions,
      { eventId, type, reason, at: this.at(), deadlineAt: null },
    ];
    this.diary.say("INFO", null, `${type.replaceAll("-", " ")}: ${reason}`, this.at());
  }

  pause() {
    this.#told("run-pause-requested", "asked in the browser");
    if (this.view.status === "RUNNING") this.view.status = "PAUSED";
  }

  resume() {
    this.#told("run-resume-requested", "asked in the browser");
    if (this.view.status === "PAUSED") this.view.status = "RUNNING";
  }

  retry({ calls = null, maxPaidCalls, maxCostUsd }) {
    this.#told("run-retry-requested", "asked in the browser");
    const limits = { ...this.view.limits };
    if (maxPaidCalls !== undefined) limits.maxPaidCalls = maxPaidCalls;
    if (maxCostUsd !== undefined) limits.maxCostUsd = maxCostUsd;
    this.view.limits = limits;
    for (const call of this.retryable(calls))
      this.change(call, {
        state: "QUEUED",
        epoch: call.epoch + 1,
        attempt: 0,
        finishedAt: null,
        lastError: call.lastError && { ...call.lastError, active: false },
        queuedAt: this.at(),
      });
    if (this.view.status === "FINISHED") {
      Object.assign(this.view, { outcome: null, message: null, finishedAt: null });
      this.start();
    }
  }

  retryable(ids) {
    const ended = ["FAILED", "TIMED_OUT", "CANCELLED", "SKIPPED"];
    return [...this.calls.values()].filter(
      (call) => ended.includes(call.state) && (ids === null || ids.includes(call.callId)),
    );
  }

  cancelCall(call) {
    const state = call.state === "QUEUED" ? "SKIPPED" : "CANCELLED";
    this.#told("call-cancel-requested", "asked in the browser");
    this.diary.say("WARN", call, "cancelled on demand", this.at());
    this.change(call, { state, finishedAt: this.at(), nextAttemptAt: null, reservedUsd: 0 });
  }

  start() {
    Object.assign(this.view, { status: "RUNNING", phases: ["GENERATION"] });
    this.view.startedAt ??= this.at();
    this.#every(100, () => this.#flush());
    this.#every(150, () => this.fill());
  }

  #every(ms, work) {
    this.#timers.add(setInterval(work, ms));
  }

  fill() {
    const calls = [...this.calls.values()];
    const active = calls.filter(
      (call) => call.state === "IN_FLIGHT" || call.state === "DISPATCHED",
    ).length;
    const free = this.view.limits.concurrency - active;
    if (this.view.status === "RUNNING")
      calls
        .filter((call) => call.state === "QUEUED")
        .slice(0, Math.max(0, free))
        .forEach((call) => this.#run(call));
    const open = calls.some((call) => ["QUEUED", "DISPATCHED", "IN_FLIGHT"].includes(call.state));
    if (!open && this.view.status !== "CANCELLING") this.finish();
  }

  async #run(call) {
    this.change(call, { state: "DISPATCHED", dispatchedAt: this.at(), reservedUsd: 0.041 });
    this.diary.record("call-dispatched", call, call.version, this.at(), {
      lane: call.model.split(":")[0],
      reservedUsd: 0.041,
    });
    await this.wait(80);
    if (call.state !== "DISPATCHED") return;
    const deadlineAt = new Date(Date.now() + 600_000).toISOString();
    this.change(call, {
      state: "IN_FLIGHT",
      startedAt: this.at(),
      deadlineAt,
      workerId: `worker-${1 + (parseInt(call.callId.slice(0, 2), 16) % 3)}`,
    });
    this.diary.record("call-started", call, call.version, this.at(), { attempt: 1, deadlineAt });
    for (let attempt = 1; call.state === "IN_FLIGHT"; attempt++)
      await attemptOf(this, call, attempt);
  }

  cancel() {
    this.#told("run-cancel-requested", "asked in the browser");
    this.view.status = "CANCELLING";
    setTimeout(() => {
      for (const call of this.calls.values()) {
        if (call.state === "QUEUED") this.change(call, { state: "SKIPPED", finishedAt: this.at() });
        if (call.state === "DISPATCHED" || call.state === "IN_FLIGHT")
          this.change(call, {
            state: "CANCELLED",
            finishedAt: this.at(),
            nextAttemptAt: null,
            reservedUsd: 0,
          });
      }
      this.finish("CANCELLED");
    }, 1200);
  }

  finish(outcome = null) {
    if (this.view.status === "FINISHED") return;
    const { stats } = this.view;
    const bad = stats.failed + stats.timedOut;
    const derived = bad === 0 ? "COMPLETED" : stats.ok === 0 ? "FAILED" : "COMPLETED_WITH_ERRORS";
    this.#told("run-finished", outcome ?? derived);
    Object.assign(this.view, {
      status: "FINISHED",
      outcome: outcome ?? (this.view.status === "CANCELLING" ? "CANCELLED" : derived),
      phases: [],
      finishedAt: this.at(),
    });
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
    this.#flush();
  }

  wait(ms) {
    return new Promise((resolve) => setTimeout(resolve, (ms * this.slow) / RUN_SPEED));
  }

  stream(request, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    this.#send(response, "snapshot", {
      asOf: this.view.asOf,
      run: this.view,
      calls: [...this.calls.values()],
    });
    const heartbeat = setInterval(() => response.write(": heartbeat\n\n"), 10_000);
    this.#clients.add(response);
    request.on("close", () => {
      clearInterval(heartbeat);
      this.#clients.delete(response);
    });
  }

  #flush() {
    const calls = [...this.#changed].map((id) => this.calls.get(id));
    this.#changed.clear();
    const data = { asOf: this.view.asOf, run: { ...this.view, spec: null }, calls };
    for (const client of this.#clients) this.#send(client, "delta", data);
  }

  #send(response, event, data) {
    const { generation, partition, offset } = data.asOf;
    response.write(
      `id: ${generation}.${partition}.${offset}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    );
  }
}
