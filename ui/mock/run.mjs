// One scripted run: a fold like the real one, with values absolute and versions rising.
import { runCall } from "./attempt.mjs";
import { hasEnded, newCall, reopened, runsAgain, spendNow } from "./call.mjs";
import { Diary } from "./diary.mjs";
import { endedFor, factsOf, planned } from "./facts.mjs";
import { newView } from "./runview.mjs";
import { contribute, emptyStats } from "./stats.mjs";
import { Stream } from "./stream.mjs";

const RUN_SPEED = Number(process.env.MOCK_SPEED ?? 1);
const ASKED = "asked in the browser";

export class Run {
  calls = new Map();
  ledger;
  #stream = new Stream();
  #changed = new Set();
  #timers = new Set();
  fault;
  ownFaults;
  slow;
  diary = new Diary();
  /** Whether its documents are judged; then `sourceOf` tells what became of them. */
  isJudged = false;

  /** `options.fault(call, attempt)` names what goes wrong; `options.at` shifts the clock of a past run. */
  constructor(spec, ledger, options = {}) {
    this.ledger = ledger;
    // A preset run has its own troubles and must not take those that a test has scripted.
    this.ownFaults = options.fault !== undefined;
    this.fault = options.fault ?? (() => null);
    this.slow = options.slow ?? 1;
    this.at = options.at ?? (() => new Date().toISOString());
    this.view = newView(spec, this.at());
    this.#record("run-requested", { spec });
    for (const document of spec.documents)
      for (const { model, iterations = 1 } of spec.generation.models)
        for (let iteration = 1; iteration <= iterations; iteration++)
          this.plan(document, model, iteration);
  }

  plan({ name: document }, model, iteration, phase = "GENERATION", subject = null) {
    const of = { document, model, iteration, phase, subject };
    const call = newCall(this.view.runId, of, this.at());
    this.view.byModel[model] ??= emptyStats();
    this.view.byPhase[phase] ??= emptyStats();
    this.calls.set(call.callId, call);
    this.#tell(call, { type: "call-queued", at: call.queuedAt, event: planned(call) });
    this.#changed.add(call.callId);
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
  }

  #statsOf(call) {
    return [this.view.stats, this.view.byPhase[call.phase], this.view.byModel[call.model]];
  }

  /** The one way in which a call changes: take the old contribution away, add the new one. */
  change(call, part) {
    const before = { ...call };
    for (const stats of this.#statsOf(call)) contribute(stats, call, -1);
    Object.assign(call, part, { version: ++this.view.asOf.offset });
    if (hasEnded(call) && !hasEnded(before)) call.endedBy = this.#eventId();
    const spend = spendNow(call);
    if (spend.attempts > 0) call.spendByEpoch = { ...call.spendByEpoch, [call.epoch]: spend };
    for (const stats of this.#statsOf(call)) contribute(stats, call, 1);
    for (const fact of factsOf(before, call)) this.#tell(call, fact);
    this.#changed.add(call.callId);
  }

  #tell(call, fact) {
    call.version = ++this.view.asOf.offset;
    this.view.lastEventAt = this.at();
    const orchestrated = ["call-queued", "call-dispatched", "call-skipped"].includes(fact.type);
    this.diary.record(fact, call, call.version, orchestrated ? null : call.workerId);
  }

  #record(type, event) {
    this.view.lastEventAt = this.at();
    this.diary.record({ type, at: this.at(), event }, null, ++this.view.asOf.offset);
  }

  #eventId() {
    return `00000000-0000-4000-8000-${String(this.view.asOf.offset).padStart(12, "0")}`;
  }

  /** Something was asked of the run, or it ended: the log tells it. */
  #told(type, reason, event = { reason }) {
    this.#record(type, event);
    const { from = null } = event;
    const action = {
      eventId: this.#eventId(),
      type,
      reason,
      at: this.at(),
      deadlineAt: null,
      from,
    };
    this.view.actions = [...this.view.actions, action];
    this.diary.say("INFO", null, `${type.replaceAll("-", " ")}: ${reason}`, this.at());
  }

  pause() {
    this.#told("run-pause-requested", ASKED);
    if (this.view.status === "RUNNING") this.view.status = "PAUSED";
  }

  resume() {
    this.#told("run-resume-requested", ASKED);
    if (this.view.status === "PAUSED") this.view.status = "RUNNING";
  }

  retry({ calls = null, from = null, maxPaidCalls, maxCostUsd }) {
    const again = this.retryable(calls, from);
    this.#told("run-retry-requested", ASKED, { reason: ASKED, from });
    const limits = { ...this.view.limits };
    if (maxPaidCalls !== undefined) limits.maxPaidCalls = maxPaidCalls;
    if (maxCostUsd !== undefined) limits.maxCostUsd = maxCostUsd;
    this.view.limits = limits;
    for (const call of again) this.change(call, reopened(call, this.at()));
    if (this.view.status === "FINISHED") {
      Object.assign(this.view, { outcome: null, message: null, finishedAt: null });
      this.start();
    }
  }

  retryable(ids, from = null) {
    return [...this.calls.values()].filter((call) => runsAgain(call, ids, from));
  }

  archive() {
    this.#told("run-archived", ASKED);
    this.view.archived = true;
    this.#flush();
  }

  unarchive() {
    this.#told("run-unarchived", ASKED);
    this.view.archived = false;
    this.#flush();
  }

  delete() {
    this.#told("run-deleted", ASKED);
    this.view.deleted = true;
    this.#stream.close(this.view);
  }

  cancelCall(call) {
    this.#told("call-cancel-requested", ASKED, { reason: ASKED, callId: call.callId });
    this.diary.say("WARN", call, "cancelled on demand", this.at());
    this.#stop(call, "CALL_CANCELLED");
  }

  /** What waits will never run; what is under way is broken off. */
  #stop(call, reason) {
    const waits = call.state === "QUEUED";
    const finishedAt = this.at();
    this.change(call, {
      state: waits ? "SKIPPED" : "CANCELLED",
      finishedAt,
      nextAttemptAt: null,
      reservedUsd: 0,
      lastError: endedFor(waits ? reason : "CANCELLED", ASKED, finishedAt, call.attempt),
    });
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
        .forEach((call) => runCall(this, call));
    const open = calls.some((call) => ["QUEUED", "DISPATCHED", "IN_FLIGHT"].includes(call.state));
    if (!open && this.view.status !== "CANCELLING") this.finish();
  }

  cancel() {
    this.#told("run-cancel-requested", ASKED);
    this.view.status = "CANCELLING";
    setTimeout(() => {
      for (const call of this.calls.values())
        if (!hasEnded(call)) this.#stop(call, "RUN_CANCELLED");
      this.finish("CANCELLED");
    }, 1200);
  }

  finish(outcome = null) {
    if (this.view.status === "FINISHED") return;
    const { stats } = this.view;
    const bad = stats.failed + stats.timedOut;
    const derived = bad === 0 ? "COMPLETED" : stats.ok === 0 ? "FAILED" : "COMPLETED_WITH_ERRORS";
    const ended = outcome ?? (this.view.status === "CANCELLING" ? "CANCELLED" : derived);
    this.#told("run-finished", ended, { outcome: ended, message: "" });
    Object.assign(this.view, {
      status: "FINISHED",
      outcome: ended,
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

  join(client) {
    this.#stream.open(client, this.view, this.calls.values());
  }

  #flush() {
    const calls = [...this.#changed].map((id) => this.calls.get(id));
    this.#changed.clear();
    this.#stream.tell(this.view, calls);
  }
}
