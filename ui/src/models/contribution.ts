import type { CallView } from "../api/types.ts";
import { isFinished } from "./calls.ts";

/** The numbers that a call adds to by itself. */
export type Summed =
  | "planned"
  | "queued"
  | "inFlight"
  | "ok"
  | "failed"
  | "timedOut"
  | "cancelled"
  | "skipped"
  | "ended"
  | "bad"
  | "retries"
  | "attempts"
  | "costUsd"
  | "savedUsd"
  | "inputTokens"
  | "outputTokens";

/** What one call adds to a number of its phase, its model or its worker. */
export function contribution(call: CallView, number: Summed): number {
  const { state } = call;
  switch (number) {
    case "planned":
      return 1;
    case "queued":
      return Number(state === "QUEUED" || state === "DISPATCHED");
    case "inFlight":
      return Number(state === "IN_FLIGHT");
    case "ok":
      return Number(state === "OK");
    case "failed":
      return Number(state === "FAILED");
    case "timedOut":
      return Number(state === "TIMED_OUT");
    case "cancelled":
      return Number(state === "CANCELLED");
    case "skipped":
      return Number(state === "SKIPPED");
    case "ended":
      return Number(isFinished(call));
    case "bad":
      return Number(state === "FAILED" || state === "TIMED_OUT");
    case "retries":
      return call.retries.length;
    case "attempts":
      return call.attempts;
    case "costUsd":
      return call.costUsd;
    case "savedUsd":
      return call.savedUsd;
    case "inputTokens":
      return call.usage.inputTokens;
    case "outputTokens":
      return call.usage.outputTokens;
  }
}
