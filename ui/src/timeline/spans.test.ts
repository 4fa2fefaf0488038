import { describe, expect, it } from "vitest";
import type { Retry } from "../api/types.ts";
import { call } from "../models/fixtures.ts";
import { spansOf } from "./spans.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const ms = (seconds: number) => Date.parse(at(seconds));

function retry(overrides: Partial<Retry>): Retry {
  return {
    epoch: 1,
    attempt: 2,
    cause: "RATE_LIMITED",
    message: "slow down",
    httpStatus: 429,
    delay: "PT2S",
    remainingBudget: "PT9M",
    at: at(14),
    ...overrides,
  };
}

/** Kind and seconds, for short expectations. */
function told(shown: Parameters<typeof spansOf>[0], now = 100) {
  return spansOf(shown, ms(now)).map(
    ({ kind, from, to }) => [kind, (from - ms(0)) / 1_000, (to - ms(0)) / 1_000] as const,
  );
}

const released = { queuedAt: at(0), dispatchedAt: at(10), startedAt: at(11) };

describe("spansOf", () => {
  it("should grow the queue of a waiting call up to now", () => {
    expect(told(call({ queuedAt: at(0) }), 7)).toEqual([["queue", 0, 7]]);
  });

  it("should show the wait for a worker of a released call", () => {
    const shown = call({ state: "DISPATCHED", queuedAt: at(0), dispatchedAt: at(10) });
    expect(told(shown, 12)).toEqual([
      ["queue", 0, 10],
      ["worker", 10, 12],
    ]);
  });

  it("should show each attempt and the gap before the next, by its cause", () => {
    const shown = call({
      ...released,
      state: "OK",
      attempt: 3,
      finishedAt: at(30),
      retries: [retry({}), retry({ attempt: 3, cause: "OVERLOADED", at: at(20) })],
    });
    expect(told(shown)).toEqual([
      ["queue", 0, 10],
      ["worker", 10, 11],
      ["retried", 11, 14],
      ["rate-limit", 14, 16],
      ["retried", 16, 20],
      ["backoff", 20, 22],
      ["ok", 22, 30],
    ]);
  });

  it("should end the backoff of a call in flight now, and at the announced instant later", () => {
    const waiting = call({
      ...released,
      state: "IN_FLIGHT",
      attempt: 2,
      nextAttemptAt: at(40),
      retries: [retry({})],
    });
    expect(told(waiting, 20).at(-1)).toEqual(["rate-limit", 14, 20]);
    expect(told(waiting, 45).slice(-2)).toEqual([
      ["rate-limit", 14, 40],
      ["running", 40, 45],
    ]);
  });

  it("should colour the last attempt by how the call ended", () => {
    const ended = { ...released, finishedAt: at(20) };
    expect(told(call({ ...ended, state: "FAILED" })).at(-1)?.[0]).toBe("failed");
    expect(told(call({ ...ended, state: "TIMED_OUT" })).at(-1)?.[0]).toBe("timed-out");
    expect(told(call({ ...ended, state: "CANCELLED" })).at(-1)?.[0]).toBe("cancelled");
  });

  it("should leave earlier epochs out and never overlap or turn back", () => {
    const shown = call({
      ...released,
      epoch: 2,
      state: "OK",
      finishedAt: at(20),
      retries: [retry({ epoch: 1, at: at(-50) }), retry({ epoch: 2, at: at(12), delay: "PT1H" })],
    });
    const spans = told(shown);
    expect(spans.map(([kind]) => kind)).toEqual(["queue", "worker", "retried", "rate-limit"]);
    spans.slice(1).forEach(([, from], index) => expect(from).toBe(spans[index]?.[2]));
    expect(spans.at(-1)?.[2]).toBe(20);
  });
});
