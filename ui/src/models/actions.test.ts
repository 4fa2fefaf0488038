import { describe, expect, it } from "vitest";
import {
  allowedActions,
  isAnswered,
  isRetryable,
  limitErrors,
  mayRetry,
  retrySummary,
} from "./actions.ts";
import { call, run, stats } from "./fixtures.ts";

describe("allowedActions", () => {
  it("should offer what the state allows", () => {
    expect(allowedActions(run({ status: "RUNNING" }))).toEqual(["pause", "cancel"]);
    expect(allowedActions(run({ status: "PAUSED" }))).toEqual(["resume", "cancel"]);
    expect(allowedActions(run({ status: "FINISHED" }))).toEqual([]);
  });
});

describe("isAnswered", () => {
  const told = (...types: string[]) =>
    run({
      actions: types.map((type, index) => ({
        eventId: String(index),
        type,
        reason: "",
        at: "2026-01-01T00:00:00Z",
        deadlineAt: null,
        from: null,
      })),
    });

  it("should wait until the log tells what was asked", () => {
    expect(isAnswered("pause", 0, told())).toBe(false);
    expect(isAnswered("pause", 0, told("run-cancel-requested"))).toBe(false);
    expect(isAnswered("pause", 0, told("run-pause-requested"))).toBe(true);
  });

  it("should not take an earlier request for the answer", () => {
    const once = told("run-pause-requested", "run-resume-requested");
    expect(isAnswered("pause", 2, once)).toBe(false);
  });
});

describe("a retry", () => {
  it("should take what ended without a result and nothing else", () => {
    expect(isRetryable(call({ state: "SKIPPED" }))).toBe(true);
    expect(isRetryable(call({ state: "OK" }))).toBe(false);
    expect(isRetryable(call({ state: "QUEUED" }))).toBe(false);
  });

  it("should not be offered while the run is being stopped or all is well", () => {
    const bad = stats({ planned: 2, ok: 1, failed: 1 });
    expect(mayRetry(run({ status: "FINISHED", stats: bad }))).toBe(true);
    expect(mayRetry(run({ status: "CANCELLING", stats: bad }))).toBe(false);
    expect(mayRetry(run({ stats: stats({ planned: 1, ok: 1 }) }))).toBe(false);
  });

  it("should say what it would run again", () => {
    expect(retrySummary(stats({ failed: 3, skipped: 1200 }))).toBe("3 failed, 1,200 skipped");
  });
});

describe("limitErrors", () => {
  const used = stats({ attempts: 12, costUsd: 1.5 });

  it("should accept empty fields and higher limits", () => {
    expect(limitErrors({ maxPaidCalls: "", maxCostUsd: " " }, used)).toEqual({});
    expect(limitErrors({ maxPaidCalls: "12", maxCostUsd: "1.5" }, used)).toEqual({});
  });

  it("should refuse less than what is used, and what is no number", () => {
    expect(Object.keys(limitErrors({ maxPaidCalls: "11", maxCostUsd: "1.4" }, used))).toEqual([
      "maxPaidCalls",
      "maxCostUsd",
    ]);
    expect(limitErrors({ maxPaidCalls: "20.5", maxCostUsd: "" }, used)).toHaveProperty(
      "maxPaidCalls",
    );
  });
});
