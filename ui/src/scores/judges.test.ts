import { describe, expect, it } from "vitest";
import { comparison, view } from "./fixtures.ts";
import { agreementVerdict, biasOf, biasVerdict, greatestOf, isLeaning } from "./judges.ts";

const bias = (judge: string, firstWon: number, decided: number) => ({
  judge,
  firstWon,
  decided,
  ties: 1,
  bias: decided === 0 ? null : firstWon / decided - 0.5,
});

describe("agreementVerdict", () => {
  it("should have a word for every alpha", () => {
    const words = [0.9, 0.7, 0.5, 0.1, -0.2].map(
      (alpha) => agreementVerdict({ alpha, units: 3, values: 6 }).word,
    );
    expect(words).toEqual(["Strong", "Fair", "Moderate", "Weak", "None"]);
  });
});

describe("biasOf", () => {
  it("should add up both comparisons of a judge", () => {
    const both = view({
      pairwise: comparison([], { positionBias: [bias("b", 6, 10), bias("a", 0, 0)] }),
      postCombine: comparison([], { positionBias: [bias("b", 9, 10)] }),
    });
    expect(biasOf(both)).toEqual([
      { judge: "a", firstWon: 0, decided: 0, ties: 1, bias: null },
      { judge: "b", firstWon: 15, decided: 20, ties: 2, bias: 0.25 },
    ]);
  });
});

describe("isLeaning", () => {
  it("should warn only of what chance does not explain", () => {
    expect(isLeaning(bias("a", 3, 4))).toBe(false);
    expect(isLeaning(bias("a", 30, 40))).toBe(true);
    expect(isLeaning(bias("a", 0, 0))).toBe(false);
  });

  it("should say to which side", () => {
    expect(biasVerdict(bias("a", 30, 40))).toBe("leans to the first");
    expect(biasVerdict(bias("a", 10, 40))).toBe("leans to the second");
    expect(biasVerdict(bias("a", 21, 40))).toBe("within chance");
  });
});

describe("greatestOf", () => {
  it("should ignore signs and what is missing", () => {
    expect(greatestOf([null, -3, 2])).toBe(3);
    expect(greatestOf([])).toBe(0);
  });
});
