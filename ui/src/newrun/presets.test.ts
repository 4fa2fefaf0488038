import { describe, expect, it } from "vitest";
import type { Submission } from "../api/types.ts";
import { toSubmission } from "./form.ts";
import { fromSubmission, unknownModels } from "./fromSubmission.ts";
import { SAMPLE } from "./sample.ts";
import { fromYaml, toYaml } from "./yamlFile.ts";

let keys = 0;
const newKey = () => `key-${++keys}`;

const FULL: Submission = {
  name: "Judged",
  documents: [
    { name: "a.md", content: "# A: “quoted”\n\n- one\n" },
    { name: "b.md", artifact: "ab".repeat(32) },
  ],
  instructions: "Write: a note.\n\nNo more.",
  generation: {
    models: [
      { model: "openai:gpt-5.1", iterations: 2, grounding: "ALLOWED" },
      { model: "openai:gpt-5-mini" },
    ],
  },
  limits: { maxCostUsd: 2.5, callDeadline: "PT90S", onWorkerLost: "FAIL" },
  evaluation: {
    rubric: {
      name: "Own",
      version: 3,
      criteria: [{ name: "Truth", description: "It is true.", weight: 2, min: 0, max: 10 }],
    },
    judges: [{ model: "google:gemini", maxOutputTokens: 4000 }],
    pairwise: { topN: 3, ties: false },
    seed: 7,
  },
  combine: { models: [{ model: "x:y", iterations: 1 }] },
};

describe("fromSubmission", () => {
  it("should give back the same submission, the unset values unset", () => {
    const { form, leftOut } = fromSubmission(FULL, newKey);
    expect(toSubmission(form)).toEqual(FULL);
    expect(leftOut).toEqual([]);
  });

  it("should take an incomplete one: a preset may lack documents", () => {
    const { form } = fromSubmission({ instructions: "x" }, newKey);
    expect(form.documents).toEqual([]);
    expect(form.evaluation.on).toBe(false);
    expect(toSubmission(form)).toEqual({
      name: "",
      documents: [],
      instructions: "x",
      generation: { models: [] },
    });
  });

  it("should list what a form cannot hold", () => {
    const { form, leftOut } = fromSubmission(
      {
        generation: { models: [{ model: "a:b" }, { model: "a:b", iterations: 9 }] },
        limits: { queueTtl: "an hour" },
        reuse: { run: "run-1" },
      },
      newKey,
    );
    expect(leftOut).toEqual([
      "reuse: a new run writes its documents itself",
      "generation.models[1]: a:b is there already",
      'limits.queueTtl: "an hour" is no duration',
    ]);
    expect(form.models["a:b"]?.iterations).toBe("");
  });
});

describe("a file", () => {
  it("should come back as it was written", async () => {
    expect((await fromYaml(await toYaml(FULL))).submission).toEqual(FULL);
    const sample = toSubmission(SAMPLE);
    expect((await fromYaml(await toYaml(sample))).submission).toEqual(sample);
  });

  it("should name the documents that only the command line can open", async () => {
    const read = await fromYaml("documents: [{path: a.md}, {name: b.md, content: text}]\nname:\n");
    expect(read).toEqual({
      submission: { documents: [{ name: "b.md", content: "text" }] },
      paths: ["a.md"],
    });
  });

  it.each([
    ["name: [a", /flow/i],
    ["- a", /no run/],
    ["nam: a", /^nam: there is no such field/],
    ["name: a\nname: b", /unique/i],
    ["generation: {models: [{model: a:b, iterations: two}]}", /models\[0\].iterations: a number/],
    ["limits: {priority: URGENT}", /limits.priority: one of HIGH/],
    ["evaluation: {pairwise: {ties: maybe}}", /true or false/],
    ["documents: {}", /documents: a list/],
  ])("should refuse %j and say why", async (text, why) => {
    await expect(fromYaml(text)).rejects.toThrow(why);
  });
});

describe("unknownModels", () => {
  it("should tell each once, and only of what is switched on", () => {
    const { form } = fromSubmission(FULL, newKey);
    expect(unknownModels(form, (model) => model.startsWith("openai:"))).toEqual([
      "google:gemini",
      "x:y",
    ]);
    const off = { ...form, evaluation: { ...form.evaluation, on: false } };
    expect(unknownModels(off, (model) => model !== "google:gemini")).toEqual([]);
  });
});
