import { describe, expect, it } from "vitest";
import {
  callsPerSource,
  NO_COMBINE,
  NO_EVALUATION,
  toCombine,
  toEvaluation,
  type FormModel,
} from "./judging.ts";
import { standardCriteria, weightShares } from "./rubric.ts";

const MODEL: FormModel = {
  iterations: "2",
  maxOutputTokens: "8000",
  grounding: "OFF",
  reasoning: "OFF",
};
const THREE = { "a:1": MODEL, "a:2": MODEL, "b:3": MODEL };
const JUDGE = { maxOutputTokens: "", reasoning: "ALLOWED" } as const;
const JUDGED = {
  ...NO_EVALUATION,
  on: true,
  judges: { "a:1": JUDGE, "a:2": JUDGE, "b:3": JUDGE },
};
const COMBINED = { ...NO_COMBINE, on: true, models: { "a:1": { ...MODEL, iterations: "1" } } };

describe("the standard rubric", () => {
  it("should hold fifteen criteria that weigh a hundred together", () => {
    const criteria = standardCriteria();
    expect(criteria).toHaveLength(15);
    expect(criteria.reduce((sum, { weight }) => sum + Number(weight), 0)).toBe(100);
    expect(new Set(criteria.map(({ name }) => name)).size).toBe(15);
  });
});

describe("weightShares", () => {
  const criterion = standardCriteria()[0];

  it("should tell shares of the whole, whatever the weights add up to", () => {
    if (criterion === undefined) throw new Error("no criterion");
    const two = [
      { ...criterion, weight: "1" },
      { ...criterion, weight: "3" },
    ];
    expect(weightShares(two)).toEqual([25, 75]);
    expect(weightShares([{ ...criterion, weight: "" }])).toBeNull();
    expect(weightShares([{ ...criterion, weight: "0" }])).toBeNull();
  });
});

describe("callsPerSource", () => {
  it("should plan only what is switched on", () => {
    expect(callsPerSource(THREE, NO_EVALUATION, NO_COMBINE)).toEqual({
      generation: 6,
      single: 0,
      pairwise: 0,
      combine: 0,
      post: 0,
    });
  });

  it("should follow the formulas of the plan", () => {
    expect(callsPerSource(THREE, JUDGED, COMBINED)).toEqual({
      generation: 6,
      single: 18,
      pairwise: 36,
      combine: 1,
      post: 18,
    });
  });

  it("should ask each pair once when the orders are balanced, and compare no more than there is", () => {
    const pairwise = { ...JUDGED.pairwise, order: "BALANCED" as const, topN: "9" };
    expect(callsPerSource(THREE, { ...JUDGED, pairwise }, NO_COMBINE)?.pairwise).toBe(45);
    const off = { ...JUDGED, pairwise: { ...pairwise, on: false } };
    expect(callsPerSource(THREE, off, COMBINED)).toMatchObject({ pairwise: 0, post: 0 });
  });

  it("should be unknown while a number is not a whole one", () => {
    expect(callsPerSource({ a: { ...MODEL, iterations: "1.5" } }, JUDGED, NO_COMBINE)).toBeNull();
    expect(callsPerSource(THREE, { ...JUDGED, iterations: "x" }, NO_COMBINE)).toBeNull();
  });
});

describe("what is sent", () => {
  it("should leave the standard rubric and empty fields to the server", () => {
    expect(toEvaluation(JUDGED)).toEqual({
      judges: ["a:1", "a:2", "b:3"].map((model) => ({ model, reasoning: "ALLOWED" })),
      iterations: 1,
      pairwise: { topN: 4, order: "BOTH", ties: false, earlyStop: false },
    });
  });

  it("should send criteria of one's own as they were typed", () => {
    const criteria = standardCriteria().slice(0, 1);
    expect(toEvaluation({ ...JUDGED, criteria }).rubric).toEqual({
      name: "Own criteria",
      version: 1,
      criteria: [
        {
          name: "Factual accuracy",
          description: "Every statement is true according to the source.",
          weight: 15,
          min: 1,
          max: 5,
        },
      ],
    });
  });

  it("should leave comparisons out when they are off", () => {
    const pairwise = { ...JUDGED.pairwise, on: false };
    expect(toEvaluation({ ...JUDGED, pairwise })).not.toHaveProperty("pairwise");
  });

  it("should send the combining models, and instructions only when there are any", () => {
    expect(toCombine(COMBINED)).toEqual({
      models: [
        { model: "a:1", iterations: 1, maxOutputTokens: 8000, grounding: "OFF", reasoning: "OFF" },
      ],
    });
    expect(toCombine({ ...COMBINED, instructions: "Merge." }).instructions).toBe("Merge.");
  });
});
