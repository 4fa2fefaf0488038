import { describe, expect, it } from "vitest";
import { evaluation } from "../scores/fixtures.ts";
import { run, SPEC, stats } from "./fixtures.ts";
import { currentSection, glanceOf, sectionsOf } from "./sections.ts";
import { partsOf } from "./spec.ts";

describe("the sections of a run's page", () => {
  const names = (spec: typeof SPEC | null) => sectionsOf(run({ spec })).map(({ name }) => name);

  it("should leave out scores where nobody judges", () => {
    expect(names(SPEC)).not.toContain("Scores");
    expect(names({ ...SPEC, evaluation: evaluation() })).toContain("Scores");
  });

  it("should leave out a specification that is not known", () => {
    expect(names(null)).not.toContain("Specification");
    expect(names(SPEC)).toContain("Specification");
  });

  it("should tell what is in flight, what has ended and what went wrong", () => {
    const counts = stats({ planned: 20, inFlight: 3, ok: 5, failed: 1, timedOut: 2, queued: 9 });

    const shown = sectionsOf(run({ stats: counts })).filter(({ count }) => count !== null);

    expect(shown.map(({ id, count }) => [id, count])).toEqual([
      ["active", 3],
      ["failures", 3],
      ["calls", 8],
    ]);
  });

  it("should say how far a run is", () => {
    expect(glanceOf(run({ stats: stats({ planned: 12_000, ok: 1_000, queued: 11_000 }) }))).toBe(
      "1,000 of 12,000",
    );
  });
});

describe("the section that is read", () => {
  it("should be the last one whose top has passed the line", () => {
    expect(currentSection([-900, -300, -1, 40, 700])).toBe(2);
  });

  it("should be the first one before any has passed it", () => {
    expect(currentSection([10, 300])).toBe(0);
    expect(currentSection([])).toBe(0);
  });

  it("should not be one that is not on the page", () => {
    expect(currentSection([-500, Infinity, -20, Infinity])).toBe(2);
  });
});

describe("what a run is made of", () => {
  it("should name judges only where there are some", () => {
    expect(partsOf(SPEC)).not.toContain("judge");
    expect(partsOf({ ...SPEC, evaluation: evaluation() })).toContain("judge");
  });
});
