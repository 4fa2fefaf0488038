import { describe, expect, it } from "vitest";
import type { CallState } from "../api/types.ts";
import { call } from "../models/fixtures.ts";
import { crowdOf } from "./crowd.ts";

function bar(state: CallState, from: number | null, to: number) {
  const dispatchedAt = from === null ? null : new Date(from).toISOString();
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

  it("should leave out who only waits", () => {
    const rows = [{ group: "g", calls: 1, bars: [bar("QUEUED", null, Infinity)] }];
    expect(crowdOf(rows, { from: 0, to: 4_000 }, 2)).toEqual({
      active: [0, 0],
      failed: [0, 0],
      most: 1,
    });
  });
});
