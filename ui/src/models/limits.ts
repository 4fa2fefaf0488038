import type { Limits } from "../api/types.ts";

/** The limits of a run by the names that people read; the compiler asks for a name for each. */
export const LIMIT_NAMES: Record<keyof Limits, string> = {
  maxCostUsd: "Cost limit",
  maxPaidCalls: "Paid requests",
  concurrency: "Calls at a time",
  maxAttempts: "Attempts a call",
  callDeadline: "Call deadline",
  attemptTimeout: "Attempt time-out",
  queueTtl: "Longest queue",
  runDeadline: "Run deadline",
  onWorkerLost: "When a worker is lost",
  priority: "Priority",
  weight: "Weight",
};
