import { describe, expect, it } from "vitest";
import { document, evaluation, score, spec, view } from "./fixtures.ts";
import { cellText, coverageText, heatmapOf, markText, scoreText } from "./heatmap.ts";

const SHEET = {
  callId: "c1",
  judge: "openai:a",
  iteration: 1,
  scores: [{ criterion: "Clarity", score: 4, reason: "Clear enough." }],
};

const JUDGED = view({
  documents: [document({ sheets: [SHEET] })],
  scores: [
    score({
      mean: 4,
      scores: 1,
      criteria: [{ criterion: "Clarity", mean: 4, spread: null, scores: 1 }],
    }),
  ],
});

describe("heatmapOf", () => {
  it("should have a column for each planned document, made or not", () => {
    const { columns } = heatmapOf(spec(), evaluation(), JUDGED);
    expect(columns.map(({ name, document: made }) => [name, made?.docId ?? null])).toEqual([
      ["gpt-5.1 #1", "d1"],
      ["gpt-5.1 #2", null],
    ]);
  });

  it("should place a mean on the scale of its criterion", () => {
    const cell = heatmapOf(spec(), evaluation(), JUDGED).rows[0]?.cells[0];
    expect(cell).toMatchObject({ mean: 4, share: 0.75 });
  });

  it("should give each judge a mark with its reasons, and a missing score as missing", () => {
    const marks = heatmapOf(spec(), evaluation(), JUDGED).rows[0]?.cells[0]?.marks;
    expect(marks).toEqual([
      {
        letter: "A",
        judge: "openai:a",
        mean: 4,
        given: [{ iteration: 1, score: 4, reason: "Clear enough." }],
      },
      {
        letter: "B",
        judge: "google:b",
        mean: null,
        given: [{ iteration: 1, score: null, reason: "" }],
      },
    ]);
  });

  it("should never make a 0 of what is not there", () => {
    const cell = heatmapOf(spec(), evaluation(), JUDGED).rows[0]?.cells[1];
    expect(cell).toMatchObject({ mean: null, share: null });
    expect(cell && cellText("Clarity", 5, cell)).toBe(
      "Clarity, gpt-5.1 #2: no score yet. A missing, B missing",
    );
  });

  it("should name nobody the best before there is a score", () => {
    const unscored = view({ scores: [score()] });
    expect(heatmapOf(spec(), evaluation(), unscored).columns.some(({ isBest }) => isBest)).toBe(
      false,
    );
    expect(heatmapOf(spec(), evaluation(), JUDGED).columns[0]?.isBest).toBe(true);
  });
});

describe("the texts of scores", () => {
  it("should show a judge's whole score as whole", () => {
    expect([markText(4), markText(4.5), markText(null)]).toEqual(["4", "4.5", "–"]);
  });

  it("should show means with two decimals", () => {
    expect([scoreText(3.666), scoreText(null)]).toEqual(["3.67", "–"]);
  });

  it("should tell how many of how many, never 0 of 0", () => {
    expect(coverageText(score({ scores: 1 }), 2)).toBe("1 of 2");
    expect(coverageText(null, 90)).toBe("0 of 90");
  });
});
