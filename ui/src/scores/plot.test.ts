import { describe, expect, it } from "vitest";
import { row } from "./fixtures.ts";
import { axisOf, intervalOf, placeOn, strengthOf } from "./plot.ts";

const FIRST = row({ document: "a", bradleyTerry: 1_200, low: 1_150, high: 1_260 });
const SECOND = row({ document: "b", bradleyTerry: 1_100, low: 1_000, high: 1_180 });
const LAST = row({ document: "c", bradleyTerry: 700, low: 640, high: 760 });

describe("axisOf", () => {
  it("should hold every interval between round ticks", () => {
    const axis = axisOf([FIRST, SECOND, LAST]);
    expect(axis).toEqual({ min: 600, max: 1_400, ticks: [600, 800, 1_000, 1_200, 1_400] });
  });

  it("should not blow up a small difference", () => {
    const axis = axisOf([row({ bradleyTerry: 1_000, low: 999, high: 1_001 })]);
    expect((axis?.max ?? 0) - (axis?.min ?? 0)).toBeGreaterThanOrEqual(200);
  });

  it("should not exist before the first vote", () => {
    expect(axisOf([row()])).toBeNull();
  });
});

describe("intervalOf", () => {
  const axis = { min: 600, max: 1_400, ticks: [] };

  it("should be in percent of the axis", () => {
    expect(intervalOf(axis, LAST, FIRST)).toEqual({ from: 5, to: 20, at: 12.5, overlaps: false });
  });

  it("should tell whether it reaches into that of the first", () => {
    expect(intervalOf(axis, SECOND, FIRST)?.overlaps).toBe(true);
    expect(intervalOf(axis, FIRST, FIRST)?.overlaps).toBe(false);
  });

  it("should be null without a vote", () => {
    expect(intervalOf(axis, row(), FIRST)).toBeNull();
  });
});

describe("placeOn and strengthOf", () => {
  it("should map the ends to 0 and 100", () => {
    const axis = { min: 10, max: 20, ticks: [] };
    expect([placeOn(axis, 10), placeOn(axis, 20)]).toEqual([0, 100]);
  });

  it("should measure by the greatest, whatever the sign", () => {
    expect([strengthOf(-5, 10), strengthOf(0, 0)]).toEqual([0.5, 0]);
  });
});
