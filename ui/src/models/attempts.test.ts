import { describe, expect, it } from "vitest";
import { AT, event } from "../history/fixtures.ts";
import { attemptsOf, evidenceOf, otherArtifacts } from "./attempts.ts";
import { call } from "./fixtures.ts";

const RETRY = {
  epoch: 1,
  attempt: 2,
  cause: "RATE_LIMITED",
  message: "slow down",
  httpStatus: 429,
  delay: "PT1S",
  remainingBudget: "PT9M",
  at: AT,
} as const;

const artifact = (attempt: number, epoch = 1) => ({
  role: "REQUEST" as const,
  epoch,
  attempt,
  ref: { sha256: `${epoch}${attempt}`, size: 1, mediaType: "text/plain" },
});

describe("attemptsOf", () => {
  it("should tell the retried attempts and the one that succeeded, each with its artifacts", () => {
    const artifacts = [artifact(1), artifact(2)];
    const done = call({ state: "OK", attempt: 2, finishedAt: AT, retries: [RETRY], artifacts });
    const attempts = attemptsOf(done, []);
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "retried"],
      [2, "ok"],
    ]);
    expect(attempts.map((each) => each.artifacts)).toEqual([[artifacts[0]], [artifacts[1]]]);
  });

  it("should not tell an attempt that has not begun", () => {
    const waiting = call({
      state: "IN_FLIGHT",
      attempt: 2,
      retries: [RETRY],
      nextAttemptAt: "2026-01-01T00:01:00Z",
    });
    expect(attemptsOf(waiting, []).map(({ outcome }) => outcome)).toEqual(["retried"]);
    expect(attemptsOf(call({ attempt: 0 }), [])).toEqual([]);
  });

  it("should tell from the events how an epoch ended that does not count any more", () => {
    const running = call({ state: "IN_FLIGHT", epoch: 2, attempt: 1, startedAt: AT });
    const events = [
      event("call-started", 1, { attempt: 1 }),
      event("call-orphaned", 2, { workerId: "worker-7" }),
      event("call-started", 3, { epoch: 2, attempt: 1 }),
    ];
    expect(attemptsOf(running, events)).toMatchObject([
      {
        epoch: 1,
        attempt: 1,
        outcome: "superseded",
        kind: "WORKER_LOST",
        message: "worker worker-7 fell silent",
      },
      { epoch: 2, attempt: 1, outcome: "under way" },
    ]);
  });

  it("should tell a late end beside the one that counts", () => {
    const late = [{ eventId: "e", type: "call-succeeded", epoch: 1, attempt: 1, at: AT }];
    const lastError = {
      kind: "TIMED_OUT",
      message: "no answer",
      httpStatus: null,
      attempt: 1,
      at: AT,
      active: true,
    };
    const over = call({ state: "TIMED_OUT", attempt: 1, finishedAt: AT, lastError, late });
    const events = [
      event("call-timed-out", 1, { attempt: 1, message: "no answer" }),
      event("call-succeeded", 2, { attempt: 1 }),
    ];
    const outcomes = attemptsOf(over, events).map(({ outcome, kind }) => [outcome, kind]);
    expect(outcomes).toContainEqual(["failed", "TIMED_OUT"]);
    expect(outcomes).toContainEqual(["late", null]);
    expect(outcomes).toHaveLength(2);
  });
});

describe("otherArtifacts", () => {
  it("should tell those of no attempt, and an output that was taken over", () => {
    const output = { sha256: "out", size: 1, mediaType: "text/markdown" };
    const artifacts = [artifact(1), artifact(7)];
    const done = call({ state: "OK", attempt: 1, finishedAt: AT, artifacts, output });
    expect(otherArtifacts(done, attemptsOf(done, []))).toEqual([
      artifacts[1],
      { role: "OUTPUT", epoch: 1, attempt: 1, ref: output },
    ]);
    const told = call({ ...done, artifacts: [{ ...artifact(1), role: "OUTPUT", ref: output }] });
    expect(otherArtifacts(told, attemptsOf(told, []))).toEqual([]);
  });
});

describe("evidenceOf", () => {
  const told = {
    epoch: 2,
    evidence: { grounded: true, reasoned: false, sources: ["https://example.org/", 7] },
    timings: { firstByte: "PT0.7S", total: "PT12S" },
  };

  it("should read what the success of the epoch that counts tells", () => {
    const events = [event("call-succeeded", 1, { evidence: {} }), event("call-succeeded", 9, told)];
    expect(evidenceOf(call({ state: "OK", epoch: 2 }), events)).toEqual({
      grounded: true,
      reasoned: false,
      sources: ["https://example.org/"],
      firstByte: "PT0.7S",
      total: "PT12S",
    });
  });

  it("should tell nothing while there is no success, or it was not read", () => {
    expect(evidenceOf(call({ state: "FAILED", epoch: 2 }), [event("call-failed", 1)])).toBeNull();
    expect(evidenceOf(call({ state: "OK", epoch: 2 }), [])).toBeNull();
  });
});
