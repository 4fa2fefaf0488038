import { describe, expect, it } from "vitest";
import { comparison, row, score, view } from "./fixtures.ts";
import { comparisonsOf, flipText, questionsText, rowOf, runnerUp, signed } from "./ranking.ts";

const A = row({ document: "a", wins: 3, losses: 1, winRate: 0.75 });
const B = row({ document: "b", wins: 1, losses: 3, winRate: 0.25 });

describe("comparisonsOf", () => {
  it("should have the deciding one first", () => {
    const both = view({ pairwise: comparison([A]), postCombine: comparison([B]) });
    expect(comparisonsOf(both).map(({ title }) => title)).toEqual([
      "After combining",
      "Before combining",
    ]);
  });

  it("should not speak of combining when there is none", () => {
    const titles = comparisonsOf(view({ pairwise: comparison([A]) })).map(({ title }) => title);
    expect(titles).toEqual(["Comparison"]);
  });
});

describe("flipText", () => {
  it("should count the votes that hold the first place", () => {
    const { ranking } = comparison([A, B]);
    expect(flipText({ ...ranking, votesToFlip: 1 })).toBe(
      "1 changed vote would put another one first.",
    );
    expect(flipText(ranking)).toBe("No changed vote would put another one first.");
  });

  it("should not speak of a first place without votes", () => {
    expect(flipText(comparison([row()]).ranking)).toBe("No vote has come yet.");
  });
});

describe("questionsText", () => {
  it("should tell what the early stop has saved", () => {
    const questions = { open: 2, answered: 10, unanswered: 1, settled: 7, savedUsd: 1.5 };
    expect(questionsText(questions)).toBe(
      "10 of 20 votes, 2 still open, 1 without an answer, 7 settled early, which saved $1.50",
    );
  });

  it("should leave out what there is none of", () => {
    const questions = { open: 0, answered: 12, unanswered: 0, settled: 0, savedUsd: 0 };
    expect(questionsText(questions)).toBe("12 of 12 votes");
  });
});

describe("runnerUp and rowOf", () => {
  const judged = view({
    winner: { document: "a", by: "PAIRWISE", reason: "" },
    pairwise: comparison([A, B]),
    postCombine: comparison([row({ document: "c" })]),
  });

  it("should be the second of the ranking that has votes", () => {
    expect(runnerUp(judged)).toBe("b");
    expect(rowOf(judged, "c")).toBeNull();
    expect(rowOf(judged, "a")).toBe(A);
  });

  it("should be the second by score when nothing was compared", () => {
    const scored = view({
      winner: { document: "a", by: "SCORE", reason: "" },
      scores: [score({ document: "a", mean: 5 }), score({ document: "d", mean: 4 })],
    });
    expect(runnerUp(scored)).toBe("d");
    expect(runnerUp(view())).toBeNull();
  });
});

describe("signed", () => {
  it("should show the sign of all but zero", () => {
    expect([signed(3), signed(-3), signed(0), signed(-0.001, 2)]).toEqual([
      "+3",
      "−3",
      "0",
      "0.00",
    ]);
  });
});
