import { describe, expect, it } from "vitest";
import { ageOf, isRetrying, listedCalls, ranFor, waitingFor } from "./calls.ts";
import { call, lane } from "./fixtures.ts";

const NOW = Date.parse("2026-01-01T00:01:00Z");

describe("isRetrying", () => {
  it("should not call a finished call retrying", () => {
    expect(isRetrying(call({ state: "OK", attempt: 3 }))).toBe(false);
  });
});

describe("listedCalls", () => {
  it("should show the last finished first", () => {
    const first = call({ callId: "a", state: "OK", finishedAt: "2026-01-01T00:00:10Z" });
    const last = call({ callId: "b", state: "FAILED", finishedAt: "2026-01-01T00:00:20Z" });
    expect(listedCalls([first, last], "FINISHED").map((each) => each.callId)).toEqual(["b", "a"]);
    expect(listedCalls([first, last], "OK").map((each) => each.callId)).toEqual(["a"]);
  });
});

describe("waitingFor", () => {
  it("should count the backoff down in whole seconds and then wait for the first byte", () => {
    const waiting = call({ state: "IN_FLIGHT", nextAttemptAt: "2026-01-01T00:01:03.200Z" });
    expect(waitingFor(waiting, NOW)).toBe("backoff, 4 s left");
    expect(waitingFor(waiting, NOW + 3_200)).toBe("first byte");
  });

  it("should name the queue and the worker", () => {
    expect(waitingFor(call({ state: "QUEUED" }), NOW)).toBe("queued");
    expect(waitingFor(call({ state: "DISPATCHED" }), NOW)).toContain("worker");
  });

  it("should say what holds the lane, or that the run is paused", () => {
    const queued = call({ state: "QUEUED" });
    const lanes = [lane({ blockedUntil: "2026-01-01T00:01:10Z" })];
    expect(waitingFor(queued, NOW, { paused: false, lanes })).toContain("blocked, 10 s left");
    expect(waitingFor(queued, NOW, { paused: true, lanes })).toContain("paused");
  });

  it("should repeat what the attempt under way tells of itself", () => {
    const progress = { message: "searching", share: 0.4, at: "2026-01-01T00:01:00Z" };
    expect(waitingFor(call({ state: "IN_FLIGHT", progress }), NOW)).toBe("searching (40 %)");
    const unknown = { ...progress, share: null };
    expect(waitingFor(call({ state: "IN_FLIGHT", progress: unknown }), NOW)).toBe("searching");
  });
});

describe("ageOf", () => {
  it("should measure from the start against the total deadline", () => {
    const age = ageOf(
      call({
        state: "IN_FLIGHT",
        startedAt: "2026-01-01T00:00:00Z",
        deadlineAt: "2026-01-01T00:02:00Z",
      }),
      NOW,
    );
    expect(age).toEqual({ ms: 60_000, limitMs: 120_000, share: 0.5 });
  });

  it("should never be negative nor above the whole", () => {
    const started = { state: "IN_FLIGHT", startedAt: "2026-01-01T00:02:00Z" } as const;
    expect(ageOf(call(started), NOW).ms).toBe(0);
    const late = call({
      ...started,
      startedAt: "2026-01-01T00:00:00Z",
      deadlineAt: "2026-01-01T00:00:10Z",
    });
    expect(ageOf(late, NOW).share).toBe(1);
  });

  it("should stop at the end of the call", () => {
    const ended = call({ startedAt: "2026-01-01T00:00:00Z", finishedAt: "2026-01-01T00:00:07Z" });
    expect(ageOf(ended, NOW).ms).toBe(7_000);
    expect(ranFor(ended)).toBe(7_000);
    expect(ranFor(call())).toBeNull();
  });
});
