// The events that tell what has changed of a call, as they would stand in the log.
import { NO_USAGE } from "./call.mjs";

/** In the order in which they happened; `before` is the call as it was. */
export function factsOf(before, call) {
  const facts = [];
  const tell = (type, at, event = {}) => facts.push({ type, at, event });
  if (call.epoch > before.epoch) tell("call-queued", call.queuedAt, planned(call));
  if (isNew(before, call, "dispatchedAt"))
    tell("call-dispatched", call.dispatchedAt, {
      lane: call.model.split(":")[0],
      reservedUsd: call.reservedUsd,
    });
  if (isNew(before, call, "startedAt"))
    tell("call-started", call.startedAt, {
      attempt: 1,
      workerId: call.workerId,
      deadlineAt: call.deadlineAt,
    });
  if (call.progress !== null && call.progress !== before.progress)
    tell("call-progressed", call.progress.at, { attempt: call.attempt, ...call.progress });
  const retries = call.retries.slice(before.retries.length);
  for (const [index, retry] of retries.entries())
    tell("call-retried", retry.at, {
      ...retry,
      spend: spendAt(before, call, (index + 1) / retries.length),
    });
  if (call.state !== before.state && ENDS[call.state] !== undefined) {
    const [type, event] = ENDS[call.state](call);
    tell(type, call.finishedAt, { attempt: call.attempt, ...event });
  }
  return facts;
}

export function planned({ phase, document, model, iteration, subject }) {
  return { phase, document, model, iteration, subject: subject?.join(":") ?? null };
}

const isNew = (before, call, name) => call[name] !== null && call[name] !== before[name];

const spendOf = (call) => call.spendByEpoch[call.epoch] ?? null;

const ENDS = {
  OK: (call) => ["call-succeeded", { result: call.result, spend: spendOf(call) }],
  FAILED: ({ lastError: { kind, message, httpStatus }, ...call }) => [
    "call-failed",
    { kind, message, httpStatus, spend: spendOf(call) },
  ],
  TIMED_OUT: ({ lastError: { message }, enforcedAt, enforcedBy, ...call }) => [
    "call-timed-out",
    { message, enforcedAt, enforcedBy, deadline: call.deadlineAt, spend: spendOf(call) },
  ],
  CANCELLED: (call) => ["call-cancelled", { reason: call.lastError.message, spend: spendOf(call) }],
  SKIPPED: (call) => [
    "call-skipped",
    {
      attempt: 0,
      ...planned(call),
      reason: call.lastError.kind,
      message: call.lastError.message,
      saved: call.savedUsd,
    },
  ],
};

/** A story may tell several retries at once: each of them tells its share of what they cost. */
function spendAt(before, call, share) {
  const { epoch } = call;
  const cost = (of) => of.retriedByEpoch[epoch] ?? 0;
  const soFar = call.retries.filter((retry) => retry.epoch === epoch).length;
  const told = before.retries.filter((retry) => retry.epoch === epoch).length;
  return {
    attempts: told + Math.round((soFar - told) * share),
    costUsd: cost(before) + (cost(call) - cost(before)) * share,
    usage: NO_USAGE,
  };
}

/** Why a call ended without a result, as the page shows it. */
export function endedFor(kind, message, at, attempt = 0) {
  return { kind, message, httpStatus: null, attempt, at, active: true };
}
