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
  attempts: 0,
  late: 0,
  costUsd: 0,
  inputTokens: 0,
  outputTokens: 0,
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

export function contribute(stats, call, sign) {
  stats.planned += sign;
  stats[BUCKET[call.state]] += sign;
  stats.retries += sign * call.retries.length;
  stats.attempts += sign * call.attempts;
  stats.costUsd = Math.max(0, Math.round((stats.costUsd + sign * call.costUsd) * 1e9) / 1e9);
  stats.inputTokens += sign * call.usage.inputTokens;
  stats.outputTokens += sign * call.usage.outputTokens;
}
