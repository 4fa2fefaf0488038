// A call of a scripted run: how it begins, and how it looks on the wire.
import { sha } from "./plan.mjs";

export const NO_USAGE = { inputTokens: 0, outputTokens: 0, reasoningTokens: 0, cachedTokens: 0 };

const PHASES = ["GENERATION", "SINGLE_EVAL", "PAIRWISE", "COMBINE", "POST_COMBINE"];
const ENDED = ["OK", "FAILED", "TIMED_OUT", "CANCELLED", "SKIPPED"];

export const hasEnded = ({ state }) => ENDED.includes(state);

/** `subject` names the documents that are judged or combined; null for what is generated. */
export function newCall(runId, { document, model, iteration, phase, subject }, at) {
  return {
    runId,
    callId: sha(`${runId} ${document} ${model} ${iteration} ${phase} ${subject}`).slice(0, 32),
    phase,
    document,
    model,
    iteration,
    subject,
    state: "QUEUED",
    epoch: 1,
    attempt: 1,
    workerId: null,
    queuedAt: at,
    dispatchedAt: null,
    startedAt: null,
    deadlineAt: null,
    nextAttemptAt: null,
    finishedAt: null,
    lastError: null,
    retries: [],
    usage: NO_USAGE,
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
    earlierEnds: {},
    earlier: [],
    progress: null,
    reservedUsd: 0,
    savedUsd: 0,
    output: null,
    result: null,
    endedBy: null,
    version: 0,
  };
}

/** In JSON the documents that a call is about are one string, with a colon between two of them. */
export function onTheWire(call) {
  return { ...call, subject: call.subject === null ? null : call.subject.join(":") };
}

/** What has ended without a result runs again; with a phase, everything of it and of those after it. */
export function runsAgain(call, ids, from) {
  if (!hasEnded(call)) return false;
  if (from !== null) return PHASES.indexOf(call.phase) >= PHASES.indexOf(from);
  return call.state !== "OK" && (ids === null || ids.includes(call.callId));
}

/** What opens an ended call again, in its next epoch; a success of before is replaced. */
export function reopened(call, at) {
  const { epoch, endedBy, state, workerId, queuedAt, dispatchedAt, startedAt, finishedAt } = call;
  const cause = state === "OK" ? null : (call.lastError?.kind ?? null);
  const times = { queuedAt, dispatchedAt, startedAt, endedAt: finishedAt };
  return {
    state: "QUEUED",
    epoch: epoch + 1,
    attempt: 0,
    queuedAt: at,
    ...{ dispatchedAt: null, startedAt: null, deadlineAt: null, finishedAt: null, workerId: null },
    ...{ enforcedBy: null, enforcedAt: null, endedBy: null, savedUsd: 0 },
    ...{ output: null, preview: null, result: null, suspicions: [] },
    lastError: call.lastError && { ...call.lastError, active: false },
    earlierEnds: { ...call.earlierEnds, [epoch]: endedBy },
    earlier: [...call.earlier, { epoch, workerId, ...times, end: state, cause }],
    replacedEpochs: state === "OK" ? [...call.replacedEpochs, epoch] : call.replacedEpochs,
  };
}

/** What was spent before the current epoch began. */
export function spentEarlier({ spendByEpoch, epoch }) {
  const spent = { attempts: 0, costUsd: 0, usage: NO_USAGE };
  for (const [of, { attempts, costUsd, usage }] of Object.entries(spendByEpoch)) {
    if (Number(of) >= epoch) continue;
    spent.attempts += attempts;
    spent.costUsd += costUsd;
    spent.usage = sumOf(spent.usage, usage, 1);
  }
  return spent;
}

/** The sums of a call are over all of its epochs: what is more than before is of the current one. */
export function spendNow(call) {
  const earlier = spentEarlier(call);
  return {
    attempts: call.attempts - earlier.attempts,
    costUsd: call.costUsd - earlier.costUsd,
    usage: sumOf(call.usage, earlier.usage, -1),
  };
}

export function sumOf(usage, other, sign = 1) {
  return Object.fromEntries(
    Object.entries(usage).map(([kind, tokens]) => [kind, tokens + sign * other[kind]]),
  );
}
