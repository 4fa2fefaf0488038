import { describe, expect, it } from "vitest";
import type { RunPace } from "../api/types.ts";
import { endedOver, pacePaths, paceText } from "./runpace.ts";

/** Four stretches are enough to see what 24 look like. */
function pace(overrides: Partial<RunPace> = {}): RunPace {
  return {
    runId: "run-1",
    from: "2026-01-01T00:00:00Z",
    to: "2026-01-01T00:12:04Z",
    ok: [0, 0, 0, 0],
    bad: [0, 0, 0, 0],
    other: [0, 0, 0, 0],
    ...overrides,
  };
}

/** The bars of a path: where they begin, and how high they are. */
function bars(d: string): { x: number; y: number; height: number }[] {
  return [...d.matchAll(/M([\d.]+) ([\d.]+)h[\d.]+v([\d.]+)h-[\d.]+z/g)].map(
    ([, x, y, height]) => ({
      x: Number(x),
      y: Number(y),
      height: Number(height),
    }),
  );
}

function drawn(of: RunPace) {
  const [ok, bad, other] = pacePaths(of, 40, 20).map(({ d }) => bars(d));
  return { ok, bad, other };
}

describe("pacePaths", () => {
  it("should draw nothing when nothing ended", () => {
    expect(pacePaths(pace(), 40, 20).map(({ d }) => d)).toEqual(["", "", ""]);
  });

  it("should use the colours of the states", () => {
    expect(pacePaths(pace(), 40, 20).map(({ tone }) => tone)).toEqual(["ok", "failed", "muted"]);
  });

  it("should give the highest stretch the whole height and the others their share", () => {
    expect(drawn(pace({ ok: [0, 10, 5, 0] })).ok).toEqual([
      { x: 11.25, y: 0, height: 20 },
      { x: 21.25, y: 10, height: 10 },
    ]);
  });

  it("should stack the parts of a stretch without a gap, and never above the edge", () => {
    const { ok, bad, other } = drawn(pace({ ok: [6, 0, 0, 0], bad: [3], other: [1] }));
    const [low, middle, high] = [ok?.[0], bad?.[0], other?.[0]];
    if (low === undefined || middle === undefined || high === undefined) throw new Error("3 parts");
    expect(low.y + low.height).toBeCloseTo(20, 1);
    expect(middle.y + middle.height).toBeCloseTo(low.y, 1);
    expect(high.y + high.height).toBeCloseTo(middle.y, 1);
    expect(high.y).toBeCloseTo(0, 1);
    expect(low.height).toBeGreaterThan(middle.height);
    expect(middle.height).toBeGreaterThan(high.height);
  });

  it("should show one failure among many calls, and one call beside many", () => {
    const { ok, bad } = drawn(pace({ ok: [10_000, 1, 0, 0], bad: [1, 0, 0, 1] }));
    expect(bad?.map(({ height }) => height)).toEqual([1.6, 1.6]);
    expect(ok?.[1]?.height).toBe(1.6);
    expect(ok?.[0]?.y).toBeCloseTo(1.6, 1);
    expect(bad?.[0]?.y).toBe(0);
  });

  it("should keep within its box whatever the numbers are", () => {
    const odd = pace({ ok: [1, 0, 3, 99_999], bad: [1, 1, 0, 7], other: [1, 12, 0, 50_000] });
    for (const bar of Object.values(drawn(odd)).flatMap((part) => part ?? [])) {
      expect(bar.y).toBeGreaterThanOrEqual(0);
      expect(bar.y + bar.height).toBeLessThanOrEqual(20.01);
      expect(bar.height).toBeGreaterThanOrEqual(1.59);
      expect(bar.x).toBeLessThan(40);
    }
  });
});

describe("paceText", () => {
  it("should say how many ended, how, and how unevenly", () => {
    const of = pace({ ok: [18, 20, 0, 0], bad: [0, 5, 0, 0] });
    expect(paceText(of)).toBe(
      "43 calls ended over 12 m 4 s: 38 ok, 5 failed or timed out; at most 25 in one of 4 stretches",
    );
  });

  it("should leave out what there is nothing of", () => {
    expect(paceText(pace({ other: [0, 0, 0, 1] }))).toBe(
      "1 call ended over 12 m 4 s: 1 cancelled or skipped; at most 1 in one of 4 stretches",
    );
  });

  it("should say that nothing has ended", () => {
    expect(paceText(pace())).toBe("No call ended over 12 m 4 s");
    expect(paceText(pace({ to: "2026-01-01T00:00:00.5Z" }))).toBe("No call ended over <1 s");
  });
});

describe("endedOver", () => {
  it("should count every end once", () => {
    expect(endedOver(pace({ ok: [1, 2, 0, 0], bad: [0, 0, 4, 0], other: [8, 0, 0, 16] }))).toBe(31);
  });
});
