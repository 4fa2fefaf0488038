import { describe, expect, it } from "vitest";
import type { CallView } from "../api/types.ts";
import {
  acceptanceOf,
  axisOf,
  modelRows,
  reachedComparison,
  sortedRows,
  spreadOf,
  type Compared,
} from "./comparison.ts";
import { call, run, SPEC } from "./fixtures.ts";

const EVERY: Compared = { phase: null, acceptance: "ok", winners: new Set() };

function rowsOf(calls: CallView[], compared: Partial<Compared> = {}) {
  return modelRows(new Map(calls.map((each) => [each.callId, each])), { ...EVERY, ...compared });
}

const ended = (callId: string, seconds: number, overrides: Partial<CallView> = {}) =>
  call({
    callId,
    state: "OK",
    startedAt: "2026-01-01T00:00:00Z",
    finishedAt: new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString(),
    costUsd: 1,
    ...overrides,
  });

describe("modelRows", () => {
  it("should measure the latency of successful calls alone", () => {
    const [row] = rowsOf([ended("a", 2), ended("b", 4), ended("c", 99, { state: "FAILED" })]);
    expect(row).toMatchObject({ calls: 3, ended: 3, ok: 2, costUsd: 3, costPerAccepted: 1.5 });
    expect(row?.okShare).toBeCloseTo(2 / 3);
    expect(row?.latency).toMatchObject({ count: 2, least: 2_000, p50: 2_000, most: 4_000 });
  });

  it("should know no share, latency or cost by document before anything has ended", () => {
    expect(rowsOf([call()])).toMatchObject([
      { calls: 1, ended: 0, okShare: null, latency: null, costPerAccepted: null },
    ]);
  });

  it("should leave out other phases, and calls that were never queued", () => {
    const judged = ended("j", 1, { phase: "PAIRWISE", model: "openai:judge" });
    const stray = call({ callId: "s", state: "STRAY", model: null });
    expect(rowsOf([ended("a", 1), judged, stray], { phase: "GENERATION" })).toHaveLength(1);
    expect(rowsOf([ended("a", 1), judged, stray])).toHaveLength(2);
  });

  it("should count a taken over document as ok without a latency", () => {
    const [row] = rowsOf([ended("a", 1, { startedAt: null })]);
    expect(row).toMatchObject({ ok: 1, latency: null });
  });

  it("should accept what reached the comparison or won when documents are compared", () => {
    const judged = call({ callId: "j", phase: "PAIRWISE", model: "openai:judge", subject: "a:b" });
    const calls = [ended("a", 1), ended("b", 1), ended("c", 1), ended("d", 1), judged];
    const compared = { phase: "GENERATION", acceptance: "compared" } as const;
    expect(rowsOf(calls, compared)[0]).toMatchObject({ accepted: 2, costPerAccepted: 2 });
    const won = rowsOf(calls, { ...compared, winners: new Set(["c"]) });
    expect(won[0]?.accepted).toBe(3);
  });
});

describe("reachedComparison", () => {
  it("should take the documents of comparisons, not those that were only scored", () => {
    const calls = [
      call({ phase: "SINGLE_EVAL", subject: "x" }),
      call({ phase: "POST_COMBINE", subject: "a:b" }),
    ];
    expect([...reachedComparison(calls)]).toEqual(["a", "b"]);
  });
});

describe("acceptanceOf", () => {
  it("should ask for a comparison only of documents in a run that compares", () => {
    const pairwise = { topN: 2, order: "BOTH", ties: true } as never;
    const evaluation = { judges: [], iterations: 1, rubric: {}, pairwise } as never;
    const judged = run({ spec: { ...SPEC, evaluation } });
    expect(acceptanceOf(judged, "GENERATION")).toBe("compared");
    expect(acceptanceOf(judged, "PAIRWISE")).toBe("ok");
    expect(acceptanceOf(judged, null)).toBe("ok");
    expect(acceptanceOf(run({ spec: SPEC }), "GENERATION")).toBe("ok");
  });
});

describe("spreadOf", () => {
  it("should tell values that were measured, sorted as numbers", () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(spreadOf(values)).toEqual({
      count: 100,
      least: 1,
      p25: 25,
      p50: 50,
      p75: 75,
      p95: 95,
      most: 100,
    });
    expect(spreadOf([9, 10])?.most).toBe(10);
    expect(spreadOf([])).toBeNull();
  });
});

describe("sortedRows", () => {
  const rows = rowsOf([
    ended("a", 1, { model: "m10", costUsd: 1 }),
    ended("b", 9, { model: "m2", costUsd: 2 }),
    call({ callId: "c", model: "m1" }),
  ]);
  const names = (by: "model" | "p50" | "costUsd", descending: boolean) =>
    sortedRows(rows, { by, descending }).map(({ model }) => model);

  it("should sort names as people do", () => {
    expect(names("model", false)).toEqual(["m1", "m2", "m10"]);
  });

  it("should leave what is not known at the end in both directions", () => {
    expect(names("p50", false)).toEqual(["m10", "m2", "m1"]);
    expect(names("p50", true)).toEqual(["m2", "m10", "m1"]);
    expect(names("costUsd", true)).toEqual(["m2", "m10", "m1"]);
  });
});

describe("axisOf", () => {
  it("should end at a whole step beyond the longest, with few ticks", () => {
    expect(axisOf(rowsOf([ended("a", 37)]))).toEqual({
      top: 40_000,
      ticks: [0, 10_000, 20_000, 30_000, 40_000],
    });
    expect(axisOf([])).toEqual({ top: 1_000, ticks: [0, 1_000] });
  });
});
