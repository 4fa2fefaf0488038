// One scripted run: a fold like the real one, with values absolute and versions rising.
import { faultOf } from "./faults.mjs";
import { artifact, sha } from "./plan.mjs";
import { contribute, emptyStats } from "./stats.mjs";

const RUN_SPEED = Number(process.env.MOCK_SPEED ?? 1);
let serial = 0;

export class Run {
  calls = new Map();
  #ledger;
  #clients = new Set();
  #changed = new Set();
  #timers = new Set();
  #fault;
  #ownFaults;
  #slow;

  /** `options.fault(call, attempt)` names what goes wrong; `options.at` shifts the clock of a past run. */
  constructor(spec, ledger, options = {}) {
    this.#ledger = ledger;
    // A preset run has its own troubles and must not take those that a test has scripted.
    this.#ownFaults = options.fault !== undefined;
    this.#fault = options.fault ?? (() => null);
    this.#slow = options.slow ?? 1;
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
      spec,
    };
    for (const document of spec.documents)
      for (const { model, iterations = 1 } of spec.generation.models)
        for (let iteration = 1; iteration <= iterations; iteration++)
          this.#plan(document, model, iteration);
  }

  #plan({ name }, model, iteration) {
    const call = {
      runId: this.view.runId,
      callId: sha(`${this.view.runId} ${name} ${model} ${iteration}`).slice(0, 32),
      phase: "GENERATION",
      document: name,
      model,
      iteration,
      subject: null,
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
      endedBy: null,
      version: this.view.asOf.offset,
    };
    this.view.byModel[model] ??= emptyStats();
    this.calls.set(call.callId, call);
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
  }

  #statsOf(call) {
    return [this.view.stats, this.view.byPhase.GENERATION, this.view.byModel[call.model]];
  }

  /** The one way in which a call changes: take the old contribution away, add the new one. */
  change(call, part) {
    for (const stats of this.#statsOf(call)) contribute(stats, call, -1);
    Object.assign(call, part, { version: ++this.view.asOf.offset });
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
    this.#changed.add(call.callId);
  }

  start() {
    Object.assign(this.view, { status: "RUNNING", startedAt: this.at() });
    this.#every(100, () => this.#flush());
    this.#every(150, () => this.#fill());
  }

  #every(ms, work) {
    this.#timers.add(setInterval(work, ms));
  }

  #fill() {
    const calls = [...this.calls.values()];
    const active = calls.filter(
      (call) => call.state === "IN_FLIGHT" || call.state === "DISPATCHED",
    ).length;
    const free = this.view.spec.limits.concurrency - active;
    if (this.view.status === "RUNNING")
      calls
        .filter((call) => call.state === "QUEUED")
        .slice(0, Math.max(0, free))
        .forEach((call) => this.#run(call));
    const open = calls.some((call) => ["QUEUED", "DISPATCHED", "IN_FLIGHT"].includes(call.state));
    if (!open) this.finish();
  }

  async #run(call) {
    this.change(call, { state: "DISPATCHED", dispatchedAt: this.at() });
    await this.#wait(80);
    if (call.state !== "DISPATCHED") return;
    const deadlineAt = new Date(Date.now() + 600_000).toISOString();
    this.change(call, {
      state: "IN_FLIGHT",
      startedAt: this.at(),
      deadlineAt,
      workerId: `worker-${1 + (parseInt(call.callId.slice(0, 2), 16) % 3)}`,
    });
    for (let attempt = 1; call.state === "IN_FLIGHT"; attempt++) await this.#attempt(call, attempt);
  }

  async #attempt(call, attempt) {
    const { entry, scripted } = this.#ledger.begin(
      `${call.callId}-1-${attempt}`,
      call.model,
      !this.#ownFaults,
    );
    this.change(call, { attempt, attempts: call.attempts + 1, nextAttemptAt: null });
    await this.#wait((700 + 900 * Math.random()) * this.#slow);
    const fault = scripted === null ? this.#fault(call, attempt) : faultOf(scripted);
    this.#ledger.end(entry, fault?.kind ?? "OK");
    if (call.state !== "IN_FLIGHT") return;
    if (fault === null) return this.#succeed(call, attempt);
    const error = {
      kind: fault.kind,
      message: fault.message,
      httpStatus: fault.httpStatus,
      attempt,
      at: this.at(),
      active: true,
    };
    if (fault.final || attempt >= this.view.spec.limits.maxAttempts)
      return this.#fail(call, fault, error);
    const delay = (800 + 1600 * Math.random()) * this.#slow;
    const retry = {
      epoch: 1,
      attempt: attempt + 1,
      cause: fault.kind,
      message: fault.message,
      httpStatus: fault.httpStatus,
      delay: `PT${(delay / 1000).toFixed(1)}S`,
      remainingBudget: "PT9M50S",
      at: this.at(),
    };
    const nextAttemptAt = new Date(Date.now() + delay).toISOString();
    this.change(call, {
      lastError: error,
      retries: [...call.retries, retry],
      attempt: attempt + 1,
      nextAttemptAt,
    });
    await this.#wait(delay);
    if (call.state === "IN_FLIGHT") this.change(call, { lastError: { ...error, active: false } });
  }

  #succeed(call, attempt) {
    const inputTokens = 420 + (parseInt(call.callId.slice(0, 3), 16) % 400);
    const outputTokens = 260 + (parseInt(call.callId.slice(3, 6), 16) % 500);
    const text = `# Briefing: ${call.document}\n\nThe office asks for three quotations by 15 March and awards the work by 30 April.\nWork on a quay starts only after the fishing cooperative has been told 10 days before.\n`;
    this.change(call, {
      state: "OK",
      finishedAt: this.at(),
      nextAttemptAt: null,
      preview: text,
      usage: { inputTokens, outputTokens, reasoningTokens: 64, cachedTokens: 0 },
      costUsd: Math.round((inputTokens * 1.25 + outputTokens * 10) * 1000) / 1e9,
      artifacts: ["REQUEST", "RESPONSE", "OUTPUT"].map((role) => ({
        role,
        epoch: 1,
        attempt,
        ref: artifact(`${role} ${text}`),
      })),
    });
  }

  #fail(call, fault, lastError) {
    const timedOut = fault.kind === "ATTEMPT_TIMEOUT";
    this.change(call, {
      state: timedOut ? "TIMED_OUT" : "FAILED",
      finishedAt: this.at(),
      nextAttemptAt: null,
      lastError,
      enforcedBy: timedOut ? "WATCHDOG" : null,
      enforcedAt: timedOut ? this.at() : null,
      artifacts: [
        {
          role: "REQUEST",
          epoch: 1,
          attempt: lastError.attempt,
          ref: artifact(`request ${call.callId}`),
        },
      ],
    });
  }

  cancel() {
    this.view.status = "CANCELLING";
    this.view.asOf.offset++;
    setTimeout(() => {
      for (const call of this.calls.values()) {
        if (call.state === "QUEUED") this.change(call, { state: "SKIPPED", finishedAt: this.at() });
        if (call.state === "DISPATCHED" || call.state === "IN_FLIGHT")
          this.change(call, { state: "CANCELLED", finishedAt: this.at(), nextAttemptAt: null });
      }
      this.finish("CANCELLED");
    }, 1200);
  }

  finish(outcome = null) {
    if (this.view.status === "FINISHED") return;
    const { stats } = this.view;
    const bad = stats.failed + stats.timedOut;
    const derived = bad === 0 ? "COMPLETED" : stats.ok === 0 ? "FAILED" : "COMPLETED_WITH_ERRORS";
    this.view.asOf.offset++;
    Object.assign(this.view, {
      status: "FINISHED",
      outcome: outcome ?? (this.view.status === "CANCELLING" ? "CANCELLED" : derived),
      phases: [],
      finishedAt: this.at(),
    });
    for (const timer of this.#timers) clearInterval(timer);
    this.#flush();
  }

  #wait(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms / RUN_SPEED));
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
