import { run, version } from "../models/fixtures.ts";
import type { CallView } from "../api/types.ts";
import type { HistoryEvent } from "./events.ts";
import type { EventType } from "./numbers.ts";
import type { Held } from "./values.ts";

/** Events and moments for tests. */

export const AT = "2026-01-01T00:00:00Z";

export function event(
  type: EventType,
  offset: number,
  fields: Record<string, unknown> = {},
  callId = "call-1",
): HistoryEvent {
  return {
    partition: 0,
    offset,
    at: AT,
    type,
    callId,
    producer: { service: "fpf-worker", instance: "worker-1", buildId: "abc" },
    event: { callId, epoch: 1, ...fields },
  };
}

export function spend(costUsd: number, attempts = 1, inputTokens = 0, outputTokens = 0) {
  const usage = { inputTokens, outputTokens, reasoningTokens: 0, cachedTokens: 0 };
  return { spend: { attempts, usage, costUsd } };
}

export function heldOf(calls: CallView[], overrides: Parameters<typeof run>[0] = {}): Held {
  return {
    run: run(overrides),
    calls: new Map(calls.map((call) => [call.callId, call])),
    asOf: version(1_000),
  };
}
