import { describe, expect, it } from "vitest";
import type { RunSpec, Sources, SourceView } from "../api/types.ts";
import { modelRows } from "../models/comparison.ts";
import { duration } from "../models/format.ts";
import { call, run, SPEC, stats, version } from "../models/fixtures.ts";
import { numberRow, shownUsd, textRow, wholeSeconds } from "./rows.ts";
import { settingsSection } from "./settings.ts";
import {
  callsSection,
  costSection,
  modelSections,
  outcomeSection,
  verdictSections,
} from "./sections.ts";

type Reused = NonNullable<RunSpec["reuse"]>["outputs"][number];

const NOW = Date.parse("2026-01-01T00:10:00Z");

describe("a row", () => {
  it("should tell by how much b is more or less than a", () => {
    const plain = (value: number) => String(value);
    expect(numberRow("n", 20, 22, plain).change).toBe("+2 (+10 %)");
    expect(numberRow("n", 200, 199, plain).change).toBe("−1 (−0.5 %)");
    expect(numberRow("n", 0, 3, plain).change).toBe("+3");
    expect(numberRow("n", 3, 3, plain).change).toBeNull();
  });

  it("should never take what is missing for 0", () => {
    const row = numberRow("n", null, 0, String);
    expect(row).toMatchObject({ a: null, b: "0", change: "only in B" });
    expect(textRow("t", "x", null).change).toBe("only in A");
    expect(textRow("t", null, null).change).toBeNull();
  });

  it("should tell the difference of what is shown, not of what is cut off", () => {
    const row = numberRow("t", wholeSeconds(18_900), wholeSeconds(24_100), duration);
    expect(row).toMatchObject({ a: "18 s", b: "24 s", change: "+6 s (+33 %)" });
    expect([shownUsd(0.00024), shownUsd(0.00136), shownUsd(1.239)]).toEqual([0.0002, 0.0014, 1.24]);
    expect(shownUsd(0.00004)).toBe(0.00004);
  });

  it("should not call different what looks the same", () => {
    expect(numberRow("n", 1.001, 1.002, (value) => value.toFixed(2)).change).toBeNull();
  });
});

describe("the parts of two runs", () => {
  const a = run({ status: "FINISHED", outcome: "COMPLETED", finishedAt: "2026-01-01T00:02:00Z" });
  const b = run({
    runId: "run-2",
    stats: stats({ planned: 4, ok: 3, failed: 1, costUsd: 2, retries: 1 }),
    byPhase: { GENERATION: stats({ costUsd: 2 }) },
  });

  it("should keep each number at its run", () => {
    const rows = new Map(outcomeSection(a, b, NOW).rows.map((row) => [row.label, row]));
    expect(rows.get("State")).toMatchObject({ a: "Completed", b: "Running", change: "differs" });
    expect(rows.get("Duration")).toMatchObject({ a: "2 m", b: "10 m" });
    expect(rows.get("Retries")).toMatchObject({ a: "0", b: "1", change: "+1" });
    const calls = callsSection(a, b).rows.map(({ label, a: left, b: right }) => [
      label,
      left,
      right,
    ]);
    expect(calls).toContainEqual(["Failed", "0", "1"]);
    expect(calls).toContainEqual(["Queued", "1", "0"]);
  });

  it("should show every part of the cost, and a phase that only one has", () => {
    const rows = costSection(a, b).rows;
    expect(rows.map(({ label }) => label)).toEqual([
      "Total",
      ...["Succeeded", "Failed", "Retried", "Orphaned", "Late", "Replaced"],
      "Generation",
      "Limit",
    ]);
    expect(rows.at(-2)).toMatchObject({ a: null, b: "$2.00", change: "only in B" });
  });
});

describe("modelSections", () => {
  it("should list the models of both, with what only one of them has", () => {
    const done = { state: "OK", startedAt: "2026-01-01T00:00:00Z" } as const;
    const rows = (model: string, finishedAt: string) =>
      modelRows(new Map([["c", call({ ...done, model, finishedAt })]]), {
        phase: null,
        acceptance: "ok",
        winners: new Set(),
      });
    const both = modelSections(
      rows("x:one", "2026-01-01T00:00:02Z"),
      rows("x:two", "2026-01-01T00:00:03Z"),
    );
    expect(both.map(({ title }) => title)).toEqual(["x:one", "x:two"]);
    const p50 = both.map(({ rows: each }) => each.find(({ label }) => label === "p50"));
    expect(p50).toMatchObject([
      { a: "2 s", b: null, change: "only in A" },
      { a: null, b: "3 s", change: "only in B" },
    ]);
  });
});

describe("verdictSections", () => {
  it("should find a source again by its name", () => {
    const sections = verdictSections(
      sources(source("x.md", 4.5), source("y.md", 3)),
      sources(source("x.md", 4)),
    );
    expect(sections.map(({ title }) => title)).toEqual(["x.md", "y.md"]);
    const [x, y] = sections.map(({ rows }) => new Map(rows.map((row) => [row.label, row])));
    expect(x?.get("Score of the winner")).toMatchObject({ a: "4.50", b: "4.00" });
    expect(x?.get("Winner")?.change).toBeNull();
    expect(y?.get("Winner")).toMatchObject({ a: "gpt #1", b: null, change: "only in A" });
  });

  function sources(...items: SourceView[]): Sources {
    return { asOf: version(1), items };
  }

  function source(document: string, mean: number): SourceView {
    return {
      runId: "run-1",
      document,
      documents: [
        {
          docId: "d1",
          model: "openai:gpt",
          iteration: 1,
          phase: "GENERATION",
          flags: [],
          madeFrom: [],
          output: { sha256: "00", size: 1, mediaType: "text/plain" },
          preview: null,
          sheets: [],
        } as unknown as SourceView["documents"][number],
      ],
      agreement: null,
      judges: [],
      pairwise: null,
      postCombine: null,
      scores: [
        {
          document: "d1",
          criteria: [],
          expectedScores: 1,
          expectedSheets: 1,
          mean,
          scores: 1,
          share: null,
          sheets: 1,
          spread: null,
        },
      ],
      winner: { by: "SCORE", document: "d1", reason: "" },
    };
  }
});

describe("settingsSection", () => {
  it("should show only what is not the same, texts by their digest", () => {
    const other = {
      ...SPEC,
      name: "Another name",
      limits: { ...SPEC.limits, maxAttempts: 5, callDeadline: "PT600S" },
      instructions: { ...SPEC.instructions, sha256: "11" },
    };
    const { rows } = settingsSection(SPEC, other);
    expect(rows.map(({ label, a, b }) => [label, a, b])).toEqual([
      ["instructions", "text 00", "text 11"],
      ["Attempts a call", "3", "5"],
    ]);
    expect(settingsSection(SPEC, SPEC).rows).toEqual([]);
  });

  it("should say that documents were taken over, and whether passages in them were masked", () => {
    const written: Reused = {
      document: "a.md",
      model: "x:one",
      iteration: 1,
      output: { sha256: "22", size: 2, mediaType: "text/markdown" },
      preview: "",
      suspicions: [],
      original: null,
      earlierScore: null,
    };
    const masked = { ...written, original: { ...written.output, sha256: "33" } };
    const reusing = (...outputs: Reused[]) => ({ ...SPEC, reuse: { run: "r1", outputs } });
    const rowsOf = (a: RunSpec, b: RunSpec) =>
      settingsSection(a, b).rows.map((row) => [row.label, row.a, row.b]);
    expect(rowsOf(SPEC, reusing(written, masked))).toEqual([
      ["reuse.run", null, "r1"],
      ["reuse.suspicions", null, "masked"],
    ]);
    expect(rowsOf(reusing(written), reusing(masked))).toEqual([
      ["reuse.suspicions", "as written", "masked"],
    ]);
  });

  it("should say which model only one run asks", () => {
    const author = {
      model: "x:one",
      iterations: 1,
      maxOutputTokens: 1,
      grounding: "OFF",
      reasoning: "OFF",
    } as const;
    const { rows } = settingsSection(SPEC, {
      ...SPEC,
      generation: { models: [author] },
    });
    expect(rows[0]).toMatchObject({
      label: "generation.models x:one is there",
      change: "only in B",
    });
  });
});
