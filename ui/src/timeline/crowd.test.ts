import { describe, expect, it } from "vitest";
import type { CallState } from "../api/types.ts";
import { call, over } from "../models/fixtures.ts";
import { crowdOf } from "./crowd.ts";

const instant = (ms: number) => new Date(ms).toISOString();

function bar(state: CallState, from: number | null, to: number) {
  const dispatchedAt = from === null ? null : instant(from);
  return { call: call({ state, dispatchedAt }), from: from ?? 0, to };
}

describe("crowdOf", () => {
  it("should count who is under way in each slice, and the bad ends", () => {
    const bars = [
      bar("OK", 0, 1_500),
      bar("FAILED", 1_000, 2_500),
      bar("IN_FLIGHT", 2_000, Infinity),
    ];
    const rows = [{ group: "g", calls: 3, bars }];
    expect(crowdOf(rows, { from: 0, to: 4_000 }, 4)).toEqual({
      active: [1, 2, 2, 1],
      failed: [0, 0, 1, 0],
      most: 2,
    });
  });

  it("should not count one that ended before the next began in the same slice as two", () => {
    const bars = [0, 100, 200, 300].map((from) => bar("OK", from, from + 100));
    const crowd = crowdOf([{ group: "g", calls: 4, bars }], { from: 0, to: 1_000 }, 2);
    expect(crowd).toEqual({ active: [1, 0], failed: [0, 0], most: 1 });
  });

  it("should find the most at a time, however fine or coarse the slices are", () => {
    const bars = Array.from({ length: 300 }, (_, index) => {
      const from = (index * 7_919) % 10_000;
      return bar("OK", from, from + 1 + ((index * 104_729) % 900));
    });
    const rows = [{ group: "g", calls: bars.length, bars }];
    const exact = Math.max(
      ...bars.map(
        (one) => bars.filter((other) => other.from <= one.from && one.from < other.to).length,
      ),
    );
    for (const slices of [1, 2, 7, 240, 5_000])
      expect(crowdOf(rows, { from: 0, to: 11_000 }, slices).most).toBe(exact);
  });

  it("should leave out who only waits", () => {
    const rows = [{ group: "g", calls: 1, bars: [bar("QUEUED", null, Infinity)] }];
    expect(crowdOf(rows, { from: 0, to: 4_000 }, 2)).toEqual({
      active: [0, 0],
      failed: [0, 0],
      most: 1,
    });
  });

  it("should count a call in each of its epochs and not between them, however it is drawn", () => {
    const shown = call({
      epoch: 3,
      state: "OK",
      dispatchedAt: instant(8_000),
      earlier: [
        over({ epoch: 1, dispatchedAt: instant(1_000), endedAt: instant(3_500), end: "LOST" }),
        over({ epoch: 2, dispatchedAt: null, endedAt: instant(6_000), end: "HANDED_BACK" }),
      ],
    });
    const whole = [{ call: shown, from: 0, to: 9_500 }];
    const apart = [
      { call: shown, epoch: 1, from: 1_000, to: 3_500 },
      { call: shown, epoch: 3, from: 8_000, to: 9_500 },
    ];
    for (const bars of [whole, apart])
      expect(crowdOf([{ group: "g", calls: 1, bars }], { from: 0, to: 10_000 }, 10)).toEqual({
        active: [0, 1, 1, 1, 0, 0, 0, 0, 1, 1],
        failed: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        most: 1,
      });
  });
});
