import { describe, expect, it } from "vitest";
import { call } from "../models/fixtures.ts";
import type { Row } from "./layout.ts";
import { barAt, scrollFor, visibleBars, visibleRows } from "./visible.ts";

const BOX = { width: 1_000, height: 100, top: 0, row: 20 };
const RANGE = { from: 0, to: 10_000 };

function row(...spans: [number, number][]): Row {
  const bars = spans.map(([from, to]) => ({ call: call(), from, to }));
  return { group: "g", calls: bars.length, bars };
}

describe("visibleRows", () => {
  it("should name the rows that the box cuts, and no others", () => {
    expect(visibleRows(1_000, { ...BOX, top: 50 })).toEqual([2, 8]);
    expect(visibleRows(3, BOX)).toEqual([0, 3]);
    expect(visibleRows(0, BOX)).toEqual([0, 0]);
  });
});

describe("visibleBars", () => {
  it("should take only what is inside the range, open ends too", () => {
    const all = row([-500, -10], [-5, 5], [100, 200], [9_000, 12_000], [12_000, Infinity]);
    expect(visibleBars(all, RANGE, 1_000).map((bar) => bar.from)).toEqual([-5, 100, 9_000]);
    expect(visibleBars(row([50, Infinity]), RANGE, 1_000)).toHaveLength(1);
  });

  it("should give no more bars than there are pixels", () => {
    const spans = Array.from({ length: 50_000 }, (_, i): [number, number] => [i / 5, i / 5 + 0.1]);
    const shown = visibleBars(row(...spans), RANGE, 500);
    expect(shown.length).toBeLessThanOrEqual(501);
    expect(shown.length).toBeGreaterThan(250);
  });
});

describe("barAt", () => {
  const rows = [row(), row([1_000, 1_005], [5_000, Infinity])];

  it("should find a bar of less than a pixel nearby, and nothing further off", () => {
    expect(barAt(rows, 97, 30, RANGE, BOX)).toEqual({ row: 1, bar: 0 });
    expect(barAt(rows, 104, 30, RANGE, BOX)).toEqual({ row: 1, bar: 0 });
    expect(barAt(rows, 120, 30, RANGE, BOX)).toBeNull();
    expect(barAt(rows, 900, 30, RANGE, BOX)).toEqual({ row: 1, bar: 1 });
  });

  it("should find nothing in a heading or below the rows", () => {
    expect(barAt(rows, 900, 10, RANGE, BOX)).toBeNull();
    expect(barAt(rows, 900, 90, RANGE, BOX)).toBeNull();
  });
});

describe("scrollFor", () => {
  it("should scroll no more than needed, with a row of room", () => {
    expect(scrollFor(2, BOX)).toBe(0);
    expect(scrollFor(10, BOX)).toBe(140);
    expect(scrollFor(3, { ...BOX, top: 400 })).toBe(40);
    expect(scrollFor(0, { ...BOX, top: 400 })).toBe(0);
  });
});
