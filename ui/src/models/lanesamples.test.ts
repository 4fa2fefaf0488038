import { describe, expect, it } from "vitest";
import { lane } from "./fixtures.ts";
import {
  blocksOf,
  knownWithin,
  merged,
  spanText,
  spanWords,
  toldSamples,
  windowAt,
  withSamples,
  type Sample,
} from "./lanesamples.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;

function at(time: number, concurrency: number, blockedUntil: number | null = null): Sample {
  return { at: time, concurrency, inFlight: 0, blockedUntil };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

describe("toldSamples", () => {
  it("should read what the gateway tells, by lane", () => {
    const samples = [
      { at: iso(5_000), concurrency: 4, inFlight: 3, waiting: 9, blockedUntil: iso(8_000) },
      { at: iso(9_000), concurrency: 5, inFlight: 2, waiting: 0, blockedUntil: null },
    ];
    expect(toldSamples({ lanes: [{ lane: "openai", samples }] })).toEqual(
      new Map([
        [
          "openai",
          [
            { at: 5_000, concurrency: 4, inFlight: 3, blockedUntil: 8_000 },
            { at: 9_000, concurrency: 5, inFlight: 2, blockedUntil: null },
          ],
        ],
      ]),
    );
  });
});

describe("withSamples", () => {
  it("should keep one sample for one view, and forget lanes that are gone", () => {
    const first = withSamples(new Map(), [lane({ lane: "a" }), lane({ lane: "b" })]);
    const again = withSamples(first, [lane({ lane: "a" })]);
    expect(again.get("a")).toHaveLength(1);
    expect(again.has("b")).toBe(false);
    const later = withSamples(again, [lane({ lane: "a", at: iso(START + 2_000) })]);
    expect(later.get("a")).toHaveLength(2);
    const older = withSamples(later, [lane({ lane: "a", at: iso(START + 1_000) })]);
    expect(older.get("a")).toHaveLength(2);
  });

  it("should keep a block as a time", () => {
    const blockedUntil = iso(START + 5_000);
    expect(withSamples(new Map(), [lane({ lane: "a", blockedUntil })]).get("a")).toEqual([
      { at: START, concurrency: 8, inFlight: 0, blockedUntil: START + 5_000 },
    ]);
  });

  it("should keep the window, with what held when it began, and no more", () => {
    let samples = withSamples(new Map(), []);
    for (let second = 0; second <= 1_800; second += 2)
      samples = withSamples(samples, [lane({ lane: "a", at: iso(START + second * 1_000) })]);
    expect(samples.get("a")?.at(0)?.at).toBe(START + 15 * MINUTE);
    expect(samples.get("a")).toHaveLength(451);
  });
});

describe("merged", () => {
  it("should put what was told before what was seen, and nothing twice", () => {
    const told = new Map([["a", [at(1, 8), at(5, 4), at(9, 5)]]]);
    const seen = new Map([["a", [at(7, 3), at(9, 5), at(11, 6)]]]);
    expect(merged(told, seen).get("a")).toEqual([
      at(1, 8),
      at(5, 4),
      at(7, 3),
      at(9, 5),
      at(11, 6),
    ]);
  });

  it("should know lanes of which only one side has heard", () => {
    const both = merged(new Map([["a", [at(1, 8)]]]), new Map([["b", [at(2, 4)]]]));
    expect([...both]).toEqual([
      ["a", [at(1, 8)]],
      ["b", [at(2, 4)]],
    ]);
  });

  it("should be the same when it is told all again", () => {
    const all = new Map([["a", [at(1, 8), at(5, 4), at(9, 5)]]]);
    expect(merged(all, all)).toEqual(all);
    expect(merged(new Map(), all)).toEqual(all);
    expect(merged(all, new Map())).toEqual(all);
  });
});

describe("knownWithin", () => {
  it("should begin with what held then, and go on to the end", () => {
    const samples = [at(1, 8), at(5, 4), at(20, 6)];
    expect(knownWithin(samples, { from: 10, to: 30 })).toEqual([at(10, 4), at(20, 6), at(30, 6)]);
  });

  it("should hold an idle lane's one view over the whole time", () => {
    expect(knownWithin([at(1, 8)], { from: 10, to: 30 })).toEqual([at(10, 8), at(30, 8)]);
  });

  it("should not claim to know what was before the first view, or anything without one", () => {
    expect(knownWithin([at(20, 8)], { from: 10, to: 30 })).toEqual([at(20, 8), at(30, 8)]);
    expect(knownWithin([], { from: 10, to: 30 })).toEqual([]);
    expect(knownWithin([at(1, 8)], { from: 10, to: 10 })).toEqual([at(10, 8)]);
    expect(knownWithin([at(40, 8)], { from: 10, to: 30 })).toEqual([]);
  });

  it("should end with the sample of the last moment", () => {
    const samples = [at(1, 8), at(30, 4)];
    expect(knownWithin(samples, { from: 10, to: 30 })).toEqual([at(10, 8), at(30, 4)]);
  });
});

describe("blocksOf", () => {
  it("should make one block of views that go on with it", () => {
    const samples = [at(0, 8), at(10, 4, 30), at(20, 4, 40), at(40, 5), at(60, 5, 70), at(90, 5)];
    expect(blocksOf(samples)).toEqual([
      { from: 10, to: 40 },
      { from: 60, to: 70 },
    ]);
  });

  it("should end with what is known, and see no block that was over before", () => {
    expect(blocksOf([at(10, 4, 90), at(30, 4, 90)])).toEqual([{ from: 10, to: 30 }]);
    expect(blocksOf([at(10, 4, 5), at(30, 4)])).toEqual([]);
    expect(blocksOf([])).toEqual([]);
  });
});

describe("windowAt", () => {
  it("should end now, or with the newest sample of a clock that is ahead", () => {
    const samples = new Map([
      ["a", [at(START - MINUTE, 8), at(START + 4_000, 8)]],
      ["b", []],
    ]);
    expect(windowAt(START, new Map())).toEqual({ from: START - 15 * MINUTE, to: START });
    expect(windowAt(START + MINUTE, samples).to).toBe(START + MINUTE);
    expect(windowAt(START, samples).to).toBe(START + 4_000);
  });
});

describe("the span in words", () => {
  const { from, to } = windowAt(START, new Map());

  it("should say the limits and the time that is known", () => {
    expect(spanText([at(from, 10), at(from + MINUTE, 4), at(to, 6)])).toBe("limit 4–10 over 15 m");
    expect(spanText([at(from, 8), at(to, 8)])).toBe("limit 8 over 15 m");
    expect(spanText([at(to - 62_000, 8), at(to, 8)])).toBe("limit 8 over 1 m 2 s");
    expect(spanText([at(to - 400, 8), at(to, 8)])).toBe("limit 8 just now");
    expect(spanText([])).toBe("");
    expect(spanWords([])).toBe("nothing is known of the time before");
  });

  it("should tell who listens of blocks too", () => {
    const samples = [at(from, 10), at(from + MINUTE, 4, from + MINUTE + 5_000), at(to, 10)];
    expect(spanWords(samples)).toBe("limit from 4 to 10 over 15 m, blocked for 5 s");
    expect(spanWords([at(from, 8), at(to, 8)])).toBe("limit 8 over 15 m");
    expect(spanWords([at(from, 8, from + 300), at(to, 8)])).toContain("blocked for 1 s");
  });
});
