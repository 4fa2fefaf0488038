import { describe, expect, it } from "vitest";
import type { CallError, Retry } from "../api/types.ts";
import { failureGroups } from "./failures.ts";
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
      retries: [retry],
      lastError: { ...error, active: false },
    });
    expect(failureGroups([recovered])).toEqual([
      { kind: "RATE_LIMITED", standing: 0, retried: 1, message: "slow down", lastAt: retry.at },
    ]);
  });

  it("should keep a standing failure when another call succeeds", () => {
    const failed = call({ callId: "a", state: "FAILED", lastError: error });
    const groups = failureGroups([failed, call({ callId: "b", state: "OK" })]);
    expect(groups.map((group) => [group.kind, group.standing])).toEqual([["SERVER_ERROR", 1]]);
  });

  it("should put standing failures first and show the latest message", () => {
    const later = { ...retry, message: "still too fast", at: "2026-01-01T00:00:09Z" };
    const groups = failureGroups([
      call({ retries: [retry, later] }),
      call({ state: "FAILED", lastError: error }),
    ]);
    expect(groups.map((group) => group.kind)).toEqual(["SERVER_ERROR", "RATE_LIMITED"]);
    expect(groups[1]).toMatchObject({ retried: 2, message: "still too fast" });
  });
});
