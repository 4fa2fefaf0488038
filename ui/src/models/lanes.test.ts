import { describe, expect, it } from "vitest";
import { lane, run, stats } from "./fixtures.ts";
import {
  holdOf,
  holdText,
  laneErrors,
  laneForm,
  laneLimits,
  laneOf,
  queuesOf,
  sameLimits,
} from "./lanes.ts";

const NOW = Date.parse("2026-01-01T00:01:00Z");

describe("laneOf", () => {
  const lanes = [lane({ lane: "openai" }), lane({ lane: "openai:gpt-5.1" })];

  it("should prefer the lane of the model to that of its provider", () => {
    expect(laneOf("openai:gpt-5.1", lanes)?.lane).toBe("openai:gpt-5.1");
    expect(laneOf("openai:gpt-5-mini", lanes)?.lane).toBe("openai");
    expect(laneOf("google:gemini", lanes)).toBeUndefined();
  });
});

describe("holdOf", () => {
  it("should name the strongest reason", () => {
    const full = { inFlight: 8, concurrencyNow: 8 };
    expect(holdOf(lane(full), NOW)).toBe("full");
    expect(holdOf(lane({ ...full, blockedUntil: "2026-01-01T00:01:04Z" }), NOW)).toBe("blocked");
    expect(holdOf(lane({ blockedUntil: "2026-01-01T00:00:59Z" }), NOW)).toBe("none");
  });

  it("should see a minute that is used up, and a lane that nothing leaves", () => {
    const limits = {
      concurrency: 8,
      requestsPerMinute: 60,
      tokensPerMinute: 1_000,
      adaptive: true,
    };
    expect(holdOf(lane({ limits, requestsInWindow: 60 }), NOW)).toBe("requests");
    expect(holdOf(lane({ limits, tokensInWindow: 1_001 }), NOW)).toBe("tokens");
    expect(holdOf(lane({ limits: { ...limits, concurrency: 0 } }), NOW)).toBe("closed");
  });

  it("should round what is left of a block up", () => {
    const blocked = lane({ blockedUntil: "2026-01-01T00:01:03.2Z" });
    expect(holdText(blocked, NOW)).toBe("lane openai blocked, 4 s left");
  });
});

describe("queuesOf", () => {
  const byModel = {
    "openai:a": stats({ planned: 3, queued: 3 }),
    "openai:b": stats({ planned: 2, queued: 2 }),
    "google:c": stats({ planned: 9, queued: 9 }),
    "google:d": stats({ planned: 1, ok: 1 }),
  };

  it("should add up the models of one lane, the longest queue first", () => {
    const queues = queuesOf(run({ byModel }), [lane({ lane: "openai" })], NOW);
    expect(queues.map(({ lane: name, calls }) => [name, calls])).toEqual([
      ["google:c", 9],
      ["openai", 5],
    ]);
  });

  it("should say that a paused run holds them", () => {
    const paused = run({ status: "PAUSED", stats: stats({ planned: 14, queued: 14 }), byModel });
    expect(queuesOf(paused, [lane()], NOW)).toMatchObject([
      { calls: 14, text: "held, the run is paused" },
    ]);
  });
});

describe("the form of a lane", () => {
  it("should read back what it shows", () => {
    const limits = {
      concurrency: 7,
      requestsPerMinute: 120,
      tokensPerMinute: null,
      adaptive: true,
    };
    expect(laneLimits(laneForm(limits))).toEqual(limits);
    expect(sameLimits(laneLimits(laneForm(limits)), limits)).toBe(true);
    expect(sameLimits({ ...limits, adaptive: false }, limits)).toBe(false);
  });

  it("should refuse what is no number of calls", () => {
    const form = { concurrency: "", requestsPerMinute: "0", tokensPerMinute: "", adaptive: true };
    expect(Object.keys(laneErrors(form))).toEqual(["concurrency", "requestsPerMinute"]);
    expect(laneErrors({ ...form, concurrency: "3", requestsPerMinute: "" })).toEqual({});
  });
});
