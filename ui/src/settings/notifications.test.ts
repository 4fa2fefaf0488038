import { describe, expect, it } from "vitest";
import { run, stats } from "../models/fixtures.ts";
import { hasJustEnded, noticeOf } from "./notifications.ts";

describe("hasJustEnded", () => {
  it("should be true only for an end that the page has seen", () => {
    expect(hasJustEnded("RUNNING", "FINISHED")).toBe(true);
    expect(hasJustEnded("CANCELLING", "FINISHED")).toBe(true);
    expect(hasJustEnded(null, "FINISHED")).toBe(false);
    expect(hasJustEnded("FINISHED", "FINISHED")).toBe(false);
    expect(hasJustEnded("RUNNING", "PAUSED")).toBe(false);
  });
});

describe("noticeOf", () => {
  it("should tell outcome, trouble, cost and duration", () => {
    const ended = run({
      status: "FINISHED",
      outcome: "COMPLETED_WITH_ERRORS",
      finishedAt: "2026-01-01T00:01:10Z",
      stats: stats({ planned: 18, ok: 16, failed: 1, timedOut: 1, costUsd: 1.5 }),
    });
    expect(noticeOf(ended)).toEqual({
      title: "Completed with errors: Three orders",
      body: "16 calls ok, 2 calls failed, $1.50, 1 m 10 s",
      tag: "acm2.run.run-1",
      icon: "/icons/attention.svg",
    });
  });
});
