import { describe, expect, it } from "vitest";
import { ALL, lookAt, panned, rangeOf, revealing, ticksOf, timeAt, xOf, zoomed } from "./view.ts";

const WHOLE = { from: 0, to: 100_000 };

describe("a look at the run", () => {
  it("should follow the end when it reached the end, and stand still otherwise", () => {
    const later = { from: 0, to: 130_000 };
    expect(rangeOf(lookAt({ from: 60_000, to: 100_000 }, WHOLE), later)).toEqual({
      from: 90_000,
      to: 130_000,
    });
    const still = { from: 10_000, to: 40_000 };
    expect(rangeOf(lookAt(still, WHOLE), later)).toEqual(still);
    expect(lookAt(WHOLE, WHOLE)).toBe(ALL);
    expect(rangeOf(ALL, later)).toEqual(later);
  });

  it("should stay inside the run", () => {
    expect(panned({ from: 10_000, to: 30_000 }, -50_000, WHOLE)).toEqual({ from: 0, to: 20_000 });
    expect(panned({ from: 10_000, to: 30_000 }, 500_000, WHOLE).to).toBe(100_000);
    expect(rangeOf({ kind: "latest", span: 900_000 }, WHOLE)).toEqual(WHOLE);
  });
});

describe("zoomed", () => {
  it("should keep the instant under the pointer in its place", () => {
    const range = zoomed(WHOLE, 2, 25_000, WHOLE);
    expect(range).toEqual({ from: 12_500, to: 62_500 });
    expect(xOf(25_000, range, 800)).toBe(xOf(25_000, WHOLE, 800));
  });

  it("should end at the whole run and at a few seconds", () => {
    expect(zoomed({ from: 50_000, to: 90_000 }, 0.01, 60_000, WHOLE)).toEqual(WHOLE);
    const close = zoomed(WHOLE, 1e9, 50_000, WHOLE);
    expect(close.to - close.from).toBe(4_000);
  });
});

describe("revealing", () => {
  const range = { from: 40_000, to: 60_000 };

  it("should move no further than it must", () => {
    expect(revealing(range, { from: 45_000, to: 50_000 }, WHOLE)).toEqual(range);
    expect(revealing(range, { from: 62_000, to: 65_000 }, WHOLE)).toEqual({
      from: 46_000,
      to: 66_000,
    });
    expect(revealing(range, { from: 10_000, to: 90_000 }, WHOLE).from).toBe(9_000);
  });
});

describe("ticksOf", () => {
  it("should mark round durations since the start, no more than asked for", () => {
    expect(ticksOf({ from: 7_000, to: 67_000 }, 7_000, 6)).toEqual([
      7_000, 17_000, 27_000, 37_000, 47_000, 57_000, 67_000,
    ]);
    expect(ticksOf({ from: 0, to: 40 * 86_400_000 }, 0, 5).length).toBeLessThanOrEqual(6);
  });
});

describe("timeAt", () => {
  it("should undo xOf", () => {
    expect(timeAt(xOf(33_000, WHOLE, 640), WHOLE, 640)).toBeCloseTo(33_000);
  });
});
