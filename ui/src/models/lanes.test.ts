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
  seenBetween,
  stepPath,
  withSamples,
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

describe("withSamples", () => {
  it("should keep one sample for one view, and forget lanes that are gone", () => {
    const first = withSamples(new Map(), [lane({ lane: "a" }), lane({ lane: "b" })]);
    const again = withSamples(first, [lane({ lane: "a" })]);
    expect(again.get("a")).toHaveLength(1);
    expect(again.has("b")).toBe(false);
    const later = withSamples(again, [lane({ lane: "a", at: "2026-01-01T00:00:02Z" })]);
    expect(later.get("a")).toHaveLength(2);
  });

  it("should keep a bounded number of them", () => {
    let history = withSamples(new Map(), []);
    for (let second = 0; second < 500; second++) {
      const at = new Date(NOW + second * 1_000).toISOString();
      history = withSamples(history, [lane({ lane: "a", at })]);
    }
    expect(history.get("a")).toHaveLength(450);
  });
});

describe("stepPath", () => {
  const size = { width: 100, height: 20 };

  it("should step from value to value over the whole width", () => {
    const samples = [
      { at: 0, concurrency: 10, inFlight: 0 },
      { at: 5_000, concurrency: 5, inFlight: 0 },
      { at: 10_000, concurrency: 10, inFlight: 0 },
    ];
    expect(stepPath(samples, (each) => each.concurrency, 10, size)).toBe("M0 0H50V10H100V0H100");
  });

  it("should draw one sample as a level line, and none as nothing", () => {
    expect(stepPath([{ at: 1, concurrency: 0, inFlight: 0 }], () => 0, 10, size)).toBe("M0 20H100");
    expect(stepPath([], () => 0, 10, size)).toBe("");
  });
});

describe("seenBetween", () => {
  const at = (time: number, concurrency: number) => ({ at: time, concurrency, inFlight: 0 });

  it("should begin with how the lane stood when the page was opened, and go on to now", () => {
    const samples = [at(1, 8), at(5, 4), at(20, 6)];
    expect(seenBetween(samples, 10, 30)).toEqual([at(10, 4), at(20, 6), at(30, 6)]);
  });

  it("should hold an idle lane's one view over all the time that the page looks", () => {
    expect(seenBetween([at(1, 8)], 10, 30)).toEqual([at(10, 8), at(30, 8)]);
  });

  it("should not claim to know what was before the first view, or anything without one", () => {
    expect(seenBetween([at(20, 8)], 10, 30)).toEqual([at(20, 8), at(30, 8)]);
    expect(seenBetween([], 10, 30)).toEqual([]);
    expect(seenBetween([at(1, 8)], 10, 10)).toEqual([at(10, 8)]);
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
