import { describe, expect, it } from "vitest";
import { spansText, sumsOf } from "./kinds.ts";
import type { Span } from "./spans.ts";

const SPANS: Span[] = [
  { kind: "queue", from: 0, to: 4_000, attempt: null, cause: null, epoch: 1 },
  { kind: "worker", from: 4_000, to: 4_100, attempt: null, cause: null, epoch: 1 },
  { kind: "retried", from: 4_100, to: 6_100, attempt: 1, cause: "RATE_LIMITED", epoch: 1 },
  { kind: "rate-limit", from: 6_100, to: 8_100, attempt: null, cause: "RATE_LIMITED", epoch: 1 },
  { kind: "ok", from: 8_100, to: 11_100, attempt: 2, cause: "RATE_LIMITED", epoch: 1 },
];

describe("the words for a call's pieces", () => {
  it("should tell attempts with their cause, and no wait of a moment", () => {
    expect(spansText(SPANS)).toBe(
      "In the queue 4 s; Attempt 1, failed, retried: rate limited 2 s; Rate limit 2 s; Attempt 2, ok 3 s",
    );
  });

  it("should tell how an epoch was broken off, and no cause twice", () => {
    const piece = { from: 0, to: 2_000, epoch: 1, cause: null };
    expect(spansText([{ ...piece, kind: "lost", attempt: 2 }])).toBe(
      "Attempt 2, lost with its worker 2 s",
    );
    expect(spansText([{ ...piece, kind: "handed-back", attempt: 1 }])).toBe(
      "Attempt 1, handed back by its worker 2 s",
    );
    expect(spansText([{ ...piece, kind: "timed-out", attempt: 1, cause: "TIMED_OUT" }])).toBe(
      "Attempt 1, timed out 2 s",
    );
  });

  it("should add up waits and work apart", () => {
    expect(sumsOf(SPANS)).toEqual({ waited: 6_100, ran: 5_000 });
  });
});
