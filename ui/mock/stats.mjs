// Counters as sums of what each call contributes.

export const emptyStats = () => ({
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
});

const BUCKET = {
  QUEUED: "queued",
  DISPATCHED: "queued",
  IN_FLIGHT: "inFlight",
  OK: "ok",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  CANCELLED: "cancelled",
  SKIPPED: "skipped",
};

const cents = (usd) => Math.max(0, Math.round(usd * 1e9) / 1e9);

export function contribute(stats, call, sign) {
  stats.planned += sign;
  stats[BUCKET[call.state]] += sign;
  stats.retries += sign * call.retries.length;
  stats.retrying += sign * Number(call.state === "IN_FLIGHT" && call.attempt > 1);
  stats.attempts += sign * call.attempts;
  stats.inputTokens += sign * call.usage.inputTokens;
  stats.outputTokens += sign * call.usage.outputTokens;
  stats.costUsd = cents(stats.costUsd + sign * call.costUsd);
  stats.reservedUsd = cents(stats.reservedUsd + sign * call.reservedUsd);
  stats.savedUsd = cents(stats.savedUsd + sign * call.savedUsd);
  for (const [part, usd] of costParts(call))
    stats.cost[part] = cents(stats.cost[part] + sign * usd);
  if (call.state === "TIMED_OUT") {
    const bound = 20 + 30 * (parseInt(call.callId.slice(0, 2), 16) % 2);
    stats.overshoot = { ...stats.overshoot, [bound]: (stats.overshoot[bound] ?? 0) + sign };
  }
}

/** Of each epoch, what its retries cost and what the rest went for. */
function costParts(call) {
  const { epoch: current, retriedByEpoch, spendByEpoch, replacedEpochs = [] } = call;
  const parts = [];
  let now = call.costUsd;
  for (const [epoch, { costUsd }] of Object.entries(spendByEpoch)) {
    if (Number(epoch) === current) continue;
    now -= costUsd;
    const part = replacedEpochs.includes(Number(epoch)) ? "replacedUsd" : "failedUsd";
    parts.push([part, costUsd - (retriedByEpoch[epoch] ?? 0)]);
  }
  for (const usd of Object.values(retriedByEpoch)) parts.push(["retriedUsd", usd]);
  const open = call.finishedAt === null;
  const part = open ? "retriedUsd" : call.state === "OK" ? "succeededUsd" : "failedUsd";
  parts.push([part, now - (retriedByEpoch[current] ?? 0)]);
  return parts;
}
