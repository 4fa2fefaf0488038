import { describe, expect, it } from "vitest";
import type { CallError, Retry } from "../api/types.ts";
import { failureGroups, fingerprintOf, hasFailure, normalised } from "./failures.ts";
import { call } from "./fixtures.ts";

const retry: Retry = {
  epoch: 1,
  attempt: 2,
  cause: "RATE_LIMITED",
  message: "slow down",
  httpStatus: 429,
  delay: "PT1S",
  remainingBudget: "PT55S",
  at: "2026-01-01T00:00:01Z",
};

const error: CallError = {
  kind: "SERVER_ERROR",
  message: "boom",
  httpStatus: 500,
  attempt: 1,
  at: "2026-01-01T00:00:02Z",
  active: true,
};

describe("failureGroups", () => {
  it("should count a recovered error as retried and not as standing", () => {
    const recovered = call({
      state: "OK",
      costUsd: 0.25,
      retries: [retry],
      lastError: { ...error, active: false },
    });
    expect(failureGroups([recovered])).toEqual([
      {
        fingerprint: fingerprintOf("RATE_LIMITED", "slow down"),
        kind: "RATE_LIMITED",
        count: 1,
        standing: 0,
        retried: 1,
        sample: "slow down",
        firstAt: retry.at,
        lastAt: retry.at,
        calls: new Set(["call-1"]),
        costUsd: 0.25,
      },
    ]);
  });

  it("should keep a standing failure when another call succeeds", () => {
    const failed = call({ callId: "a", state: "FAILED", lastError: error });
    const groups = failureGroups([failed, call({ callId: "b", state: "OK" })]);
    expect(groups.map((group) => [group.kind, group.standing])).toEqual([["SERVER_ERROR", 1]]);
  });

  it("should count the failure of a call in backoff once, as standing", () => {
    const { cause: kind, message, httpStatus, at } = retry;
    const waiting = call({
      state: "IN_FLIGHT",
      attempt: 2,
      retries: [retry],
      lastError: { kind, message, httpStatus, at, attempt: 1, active: true },
    });
    expect(failureGroups([waiting])[0]).toMatchObject({ count: 1, standing: 1, retried: 0 });
  });

  it("should put errors together that differ in particulars, with the money of each call once", () => {
    const later = { ...retry, message: "slow down, 7 s", at: "2026-01-01T00:00:09Z" };
    const groups = failureGroups([
      call({ callId: "a", costUsd: 1, retries: [{ ...retry, message: "slow down, 12 s" }, later] }),
      call({ callId: "b", costUsd: 2, retries: [{ ...retry, message: "slow down, 1.5 s" }] }),
      call({ callId: "c", state: "FAILED", lastError: error }),
    ]);
    expect(groups.map((group) => group.kind)).toEqual(["SERVER_ERROR", "RATE_LIMITED"]);
    expect(groups[1]).toMatchObject({
      count: 3,
      costUsd: 3,
      sample: "slow down, 7 s",
      firstAt: retry.at,
      lastAt: later.at,
    });
    expect(groups[1]?.calls).toEqual(new Set(["a", "b"]));
  });
});

describe("hasFailure", () => {
  it("should find the calls of a group, recovered ones too", () => {
    const fingerprint = fingerprintOf("RATE_LIMITED", "slow down");
    expect(hasFailure(call({ state: "OK", retries: [retry] }), fingerprint)).toBe(true);
    expect(hasFailure(call({ state: "FAILED", lastError: error }), fingerprint)).toBe(false);
  });
});

describe("normalised", () => {
  it("should take numbers, ids and quoted parts away and leave the words", () => {
    expect(normalised('Model "gpt-5" is over its limit of 10,000 tokens')).toBe(
      normalised("Model `o4-mini` is over its limit of 64 tokens"),
    );
    expect(normalised("Request req_8f3a9c21d0 failed")).toBe("request ‹id› failed");
    expect(normalised("Call 0192f1de-33aa-7c1b-9d1e-0242ac120002 is gone")).toBe(
      "call ‹id› is gone",
    );
    expect(normalised("It doesn't answer, and can't be asked")).toBe(
      "it doesn't answer, and can't be asked",
    );
  });

  it("should not tell an error apart by why nobody asked again after it", () => {
    const reasons = [
      "3 of 3 attempts used",
      "asking again cannot help",
      "it was asked again already",
      "1200 ms left until the deadline",
      "the provider asked to wait 90000 ms, with 1200 ms left until the deadline",
    ];
    for (const reason of reasons)
      expect(normalised(`HTTP 429: slow down (${reason})`)).toBe(normalised("HTTP 429: slow down"));
    expect(normalised("HTTP 429: slow down (overloaded)")).not.toBe(
      normalised("HTTP 429: slow down"),
    );
  });

  it("should keep what differs in words apart", () => {
    expect(fingerprintOf("NETWORK", "reset by peer")).not.toBe(fingerprintOf("NETWORK", "refused"));
    expect(fingerprintOf("AUTH", "refused")).not.toBe(fingerprintOf("NETWORK", "refused"));
  });
});
