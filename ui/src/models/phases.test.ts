import { describe, expect, it } from "vitest";
import { spec } from "../scores/fixtures.ts";
import { run, stats } from "./fixtures.ts";
import { phaseRows, plannedByPhase } from "./phases.ts";

const AUTHOR = {
  iterations: 1,
  maxOutputTokens: 8_000,
  grounding: "OFF",
  reasoning: "OFF",
} as const;
const COMBINED = spec({
  combine: {
    instructions: { sha256: "a", size: 1, mediaType: "text/plain" },
    models: [{ ...AUTHOR, model: "openai:gpt-5.1" }],
  },
});

describe("plannedByPhase", () => {
  it("should follow the formulas of the plan", () => {
    // 1 source, 2 documents, 2 judges, 1 iteration, both orders, 1 combining model
    expect(plannedByPhase(COMBINED)).toEqual({
      GENERATION: 2,
      SINGLE_EVAL: 4,
      PAIRWISE: 4,
      COMBINE: 1,
      POST_COMBINE: 12,
    });
  });

  it("should plan only generation without judges", () => {
    expect(plannedByPhase(spec({ evaluation: null }))).toEqual({ GENERATION: 2 });
  });
});

describe("phaseRows", () => {
  it("should show a phase that has not begun as 0 of n", () => {
    const byPhase = { GENERATION: stats({ planned: 2, ok: 1, queued: 1 }), COMBINE: stats() };
    const rows = phaseRows(run({ spec: COMBINED, byPhase }));
    expect(rows.map(({ name, done }) => [name, done])).toEqual([
      ["Generation", "1 of 2"],
      ["Scoring", "0 of 4"],
      ["Comparison", "0 of 4"],
      ["Combining", "0 of 1"],
      ["Comparison after combining", "0 of 12"],
    ]);
  });

  it("should leave out what the run does not have", () => {
    const rows = phaseRows(run({ spec: spec({ evaluation: null }) }));
    expect(rows.map(({ phase }) => phase)).toEqual(["GENERATION"]);
  });
});
