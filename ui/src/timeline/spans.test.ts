import { describe, expect, it } from "vitest";
import type { Retry } from "../api/types.ts";
import { call, over as epochOver } from "../models/fixtures.ts";
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

/** Queued at 0, released at 2, started at 3, over at 9, unless told otherwise. */
const over = (overrides: Parameters<typeof epochOver>[0]) =>
  epochOver({ dispatchedAt: at(2), startedAt: at(3), endedAt: at(9), ...overrides });

const FAILED = { end: "FAILED", cause: "SERVER_ERROR" } as const;

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

  it("should never overlap or turn back, whatever clocks and delays say", () => {
    const shown = call({
      ...released,
      state: "OK",
      finishedAt: at(20),
      retries: [retry({ at: at(12), delay: "PT1H" })],
    });
    const spans = told(shown);
    expect(spans.map(([kind]) => kind)).toEqual(["queue", "worker", "retried", "rate-limit"]);
    spans.slice(1).forEach(([, from], index) => expect(from).toBe(spans[index]?.[2]));
    expect(spans.at(-1)?.[2]).toBe(20);
  });
});

describe("spansOf a call of several epochs", () => {
  const lost = over({ queuedAt: at(0), dispatchedAt: at(10), startedAt: at(11), endedAt: at(30) });
  const second = { epoch: 2, earlier: [lost], queuedAt: at(30) };

  it("should show the attempt that was lost, and the queue only since then", () => {
    expect(told(call(second), 40)).toEqual([
      ["queue", 0, 10],
      ["worker", 10, 11],
      ["lost", 11, 30],
      ["queue", 30, 40],
    ]);
  });

  it("should show the attempts of each epoch where they were", () => {
    const shown = call({
      ...second,
      ...{ state: "OK", attempt: 2, dispatchedAt: at(32), startedAt: at(33), finishedAt: at(60) },
      retries: [
        retry({ at: at(14) }),
        // Told when the epoch was over already: it moves nothing.
        retry({ at: at(31), attempt: 3 }),
        retry({ epoch: 2, at: at(40), cause: "OVERLOADED" }),
      ],
    });
    expect(told(shown)).toEqual([
      ["queue", 0, 10],
      ["worker", 10, 11],
      ["retried", 11, 14],
      ["rate-limit", 14, 16],
      ["lost", 16, 30],
      ["queue", 30, 32],
      ["worker", 32, 33],
      ["retried", 33, 40],
      ["backoff", 40, 42],
      ["ok", 42, 60],
    ]);
    expect(spansOf(shown, ms(100)).map(({ epoch }) => epoch)).toEqual([
      1, 1, 1, 1, 1, 2, 2, 2, 2, 2,
    ]);
    expect(spansOf(shown, ms(100))[4]?.attempt).toBe(2);
  });

  it("should tell the loss also of one that paused when its worker was lost", () => {
    const shown = call({ ...second, retries: [retry({ at: at(14), delay: "PT1M" })] });
    expect(told(shown, 30)).toEqual([
      ["queue", 0, 10],
      ["worker", 10, 11],
      ["retried", 11, 14],
      ["rate-limit", 14, 30],
      ["lost", 30, 30],
    ]);
  });

  it("should show what was given back, and nothing while nobody asked for it", () => {
    const earlier = [
      over({ queuedAt: at(0), startedAt: at(3), endedAt: at(5), end: "HANDED_BACK" }),
      over({ epoch: 2, queuedAt: at(5), startedAt: at(6), endedAt: at(9), ...FAILED }),
      over({
        epoch: 3,
        queuedAt: at(50),
        dispatchedAt: null,
        startedAt: null,
        endedAt: at(52),
        end: "SKIPPED",
      }),
    ];
    const shown = call({
      epoch: 4,
      earlier,
      queuedAt: at(70),
      state: "SKIPPED",
      finishedAt: at(71),
    });
    expect(told(shown)).toEqual([
      ["queue", 0, 2],
      ["worker", 2, 3],
      ["handed-back", 3, 5],
      ["worker", 5, 6],
      ["failed", 6, 9],
      ["queue", 50, 52],
      ["queue", 70, 71],
    ]);
    expect(spansOf(shown, ms(100))[4]).toMatchObject({ cause: "SERVER_ERROR", attempt: 1 });
  });

  it("should still show what was before a call that is skipped this time", () => {
    const shown = call({ ...second, queuedAt: null, state: "SKIPPED", finishedAt: at(31) });
    expect(told(shown).map(([kind]) => kind)).toEqual(["queue", "worker", "lost"]);
  });
});
