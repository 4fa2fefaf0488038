import { describe, expect, it } from "vitest";
import type { CallView } from "../api/types.ts";
import { call } from "./fixtures.ts";
import { activeCalls, attemptAgeOf, isStuck } from "./urgency.ts";

const NOW = Date.parse("2026-01-01T00:10:00Z");

const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();

function inFlight(callId: string, seconds: number, overrides: Partial<CallView> = {}): CallView {
  const deadlineAt = new Date(NOW - seconds * 1_000 + 600_000).toISOString();
  return call({ callId, state: "IN_FLIGHT", startedAt: before(seconds), deadlineAt, ...overrides });
}

function retried(seconds: number, delay: string): Pick<CallView, "retries" | "attempt"> {
  const retry = {
    epoch: 1,
    attempt: 2,
    cause: "RATE_LIMITED",
    message: "slow down",
    httpStatus: 429,
    delay,
    remainingBudget: "PT5M",
    at: before(seconds),
  } as const;
  return { attempt: 2, retries: [retry] };
}

describe("the calls in flight", () => {
  const idsOf = (...calls: CallView[]) =>
    activeCalls(calls, NOW, "PT5M").map(({ callId }) => callId);

  it("should be stuck ones first, then retrying ones, then the oldest", () => {
    const [young, old] = [inFlight("young", 5), inFlight("old", 60)];
    const retrying = inFlight("retrying", 10, retried(2, "PT1S"));
    const stuck = inFlight("stuck", 301);
    expect(idsOf(young, retrying, stuck, old)).toEqual(["stuck", "retrying", "old", "young"]);
  });

  it("should hold neither queued nor finished calls", () => {
    const states = ["QUEUED", "OK", "FAILED", "DISPATCHED"] as const;
    expect(idsOf(...states.map((state) => call({ callId: state, state })))).toEqual(["DISPATCHED"]);
  });
});

describe("the age of an attempt", () => {
  it("should count from the start of the call for the first one", () => {
    expect(attemptAgeOf(inFlight("a", 60), NOW, "PT5M")).toEqual({
      ms: 60_000,
      limitMs: 300_000,
      share: 0.2,
    });
  });

  it("should begin anew after the pause before a further one", () => {
    const again = inFlight("a", 200, retried(40, "PT10S"));
    expect(attemptAgeOf(again, NOW, "PT5M")?.ms).toBe(30_000);
  });

  it("should not take a retry of an earlier epoch for its own", () => {
    const moved = inFlight("a", 20, { ...retried(400, "PT1S"), epoch: 2 });
    expect(attemptAgeOf(moved, NOW, "PT5M")?.ms).toBe(20_000);
  });

  it("should not be told between attempts nor of calls that are not in flight", () => {
    const paused = inFlight("a", 20, { ...retried(1, "PT10S"), nextAttemptAt: before(-9) });
    expect(attemptAgeOf(paused, NOW, "PT5M")).toBeNull();
    expect(attemptAgeOf(call({ state: "QUEUED" }), NOW, "PT5M")).toBeNull();
    expect(attemptAgeOf(call({ state: "OK", startedAt: before(9) }), NOW, "PT5M")).toBeNull();
  });
});

describe("a stuck call", () => {
  const stuck = (view: CallView) => isStuck(view, NOW, "PT5M");

  it("should be past the time of its attempt, or near its deadline", () => {
    expect(stuck(inFlight("a", 299))).toBe(false);
    expect(stuck(inFlight("a", 300))).toBe(true);
    expect(stuck(inFlight("a", 470, retried(100, "PT1S")))).toBe(false);
    expect(stuck(inFlight("a", 490, retried(100, "PT1S")))).toBe(true);
  });

  it("should be released and taken by nobody for longer than a worker needs", () => {
    const released = (seconds: number) =>
      call({ state: "DISPATCHED", dispatchedAt: before(seconds), queuedAt: before(900) });
    expect(stuck(released(5))).toBe(false);
    expect(stuck(released(20))).toBe(true);
  });

  it("should not have ended", () => {
    expect(stuck(inFlight("a", 599, { state: "TIMED_OUT", finishedAt: before(0) }))).toBe(false);
  });
});
