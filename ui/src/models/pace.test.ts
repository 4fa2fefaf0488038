import { describe, expect, it } from "vitest";
import { call, run } from "./fixtures.ts";
import { paceOf, perMinute, WORKER_COUNTS, workerPaces } from "./pace.ts";

const START = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const running = run({ startedAt: at(0) });
const usage = { inputTokens: 1, outputTokens: 40, reasoningTokens: 0, cachedTokens: 0 };

const CALLS = [
  call({ callId: "a", state: "OK", workerId: "worker-2", finishedAt: at(10), costUsd: 1 }),
  call({ callId: "b", state: "OK", workerId: "worker-2", finishedAt: at(90), costUsd: 2, usage }),
  call({ callId: "c", state: "FAILED", workerId: "worker-10", finishedAt: at(110) }),
  call({ callId: "d", state: "IN_FLIGHT", workerId: "worker-10" }),
  call({ callId: "e" }),
];

describe("paceOf", () => {
  it("should count the last minute of a run that goes on", () => {
    expect(paceOf(running, CALLS, START + 120_000)).toEqual({
      window: 60_000,
      ended: 2,
      ok: 1,
      bad: 1,
      retries: 0,
      outputTokens: 40,
      costUsd: 2,
    });
  });

  it("should take all the time of a run that has ended, whatever the clock says", () => {
    const ended = run({ status: "FINISHED", startedAt: at(0), finishedAt: at(120) });
    expect(paceOf(ended, CALLS, START + 1e9)).toMatchObject({ window: 120_000, ended: 3 });
  });

  it("should not divide by more time than there was", () => {
    expect(paceOf(running, CALLS, START + 20_000).window).toBe(20_000);
    expect(perMinute(5, 20_000)).toBe(15);
  });
});

describe("workerPaces", () => {
  it("should add up the calls of each worker, in the order of their numbers", () => {
    const none = Object.fromEntries(WORKER_COUNTS.map((name) => [name, 0]));
    expect(workerPaces(running, CALLS, START + 120_000)).toEqual([
      { worker: "worker-2", recent: 1, counts: { ...none, ok: 2, costUsd: 3, outputTokens: 40 } },
      { worker: "worker-10", recent: 1, counts: { ...none, inFlight: 1, failed: 1 } },
    ]);
  });
});
