import { describe, expect, it } from "vitest";
import { run, stats } from "../models/fixtures.ts";
import { mayReEvaluate, phasesAgain, toRequest } from "./again.ts";

const byPhase = {
  GENERATION: stats({ planned: 4, ok: 4, costUsd: 1 }),
  SINGLE_EVAL: stats({ planned: 8, ok: 8, costUsd: 0.5 }),
  PAIRWISE: stats({ planned: 6, ok: 6, costUsd: 0.25 }),
};

describe("what can be run anew", () => {
  it("should be each phase after the generation, with all that follows it", () => {
    expect(phasesAgain(run({ status: "FINISHED", byPhase }))).toEqual([
      { phase: "SINGLE_EVAL", calls: 14, spentUsd: 0.75 },
      { phase: "PAIRWISE", calls: 6, spentUsd: 0.25 },
    ]);
  });

  it("should be nothing of a run that is under way or only generates", () => {
    expect(phasesAgain(run({ status: "RUNNING", byPhase }))).toEqual([]);
    expect(phasesAgain(run({ status: "FINISHED", byPhase: { GENERATION: stats({}) } }))).toEqual(
      [],
    );
  });
});

describe("a re-evaluation", () => {
  it("should need a finished run that has written something", () => {
    expect(mayReEvaluate(run({ status: "FINISHED", byPhase }))).toBe(true);
    expect(mayReEvaluate(run({ status: "RUNNING", byPhase }))).toBe(false);
    expect(mayReEvaluate(run({ status: "FINISHED", byPhase: {} }))).toBe(false);
  });

  it("should leave to the server what is as before", () => {
    expect(toRequest({ other: null, mask: false })).toEqual({});
    expect(toRequest({ other: null, mask: true })).toEqual({ maskSuspicions: true });
  });
});
