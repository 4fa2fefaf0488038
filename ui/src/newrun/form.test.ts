import { describe, expect, it } from "vitest";
import {
  entryOf,
  firstChoice,
  freeName,
  modelRows,
  plannedCalls,
  toSubmission,
  type NewRunForm,
} from "./form.ts";
import { SAMPLE } from "./sample.ts";

const CATALOGUE = [
  {
    model: "openai:gpt-5.1",
    provider: "openai",
    inputUsdPerMillion: 1.25,
    outputUsdPerMillion: 10,
    maxOutputTokens: 128_000,
    searchUsdPerThousand: 10,
  },
  {
    model: "openai-compatible:*",
    provider: "openai-compatible",
    inputUsdPerMillion: 0,
    outputUsdPerMillion: 0,
    maxOutputTokens: 4_000,
    searchUsdPerThousand: null,
  },
];

describe("the sample", () => {
  it("should plan 18 calls", () => {
    expect(plannedCalls(SAMPLE)).toBe(18);
  });

  it("should hold three documents of different names with real text", () => {
    expect(new Set(SAMPLE.documents.map((document) => document.name)).size).toBe(3);
    for (const document of SAMPLE.documents) expect(document.content.length).toBeGreaterThan(300);
  });
});

describe("toSubmission", () => {
  it("should leave unset limits out", () => {
    expect(toSubmission(SAMPLE)).not.toHaveProperty("limits");
    const form: NewRunForm = {
      ...SAMPLE,
      limits: { maxCostUsd: "2.5", callDeadline: "90", priority: "", onWorkerLost: "FAIL" },
    };
    expect(toSubmission(form).limits).toEqual({
      maxCostUsd: 2.5,
      callDeadline: "PT90S",
      onWorkerLost: "FAIL",
    });
  });

  it("should send what stands in the form, models in the order chosen", () => {
    const submission = toSubmission(SAMPLE);
    expect(submission.generation?.models?.map((model) => model.model)).toEqual(
      Object.keys(SAMPLE.models),
    );
    expect(submission.generation?.models?.[0]).toEqual({
      model: "openai:gpt-5.1",
      iterations: 2,
      maxOutputTokens: 8_000,
      grounding: "OFF",
      reasoning: "OFF",
    });
    expect(submission.documents?.[0]).not.toHaveProperty("key");
  });
});

describe("plannedCalls", () => {
  it("should be unknown while an iteration is not a whole number", () => {
    const model = { ...firstChoice(undefined), iterations: "1.5" };
    expect(plannedCalls({ ...SAMPLE, models: { a: model } })).toBeNull();
  });
});

describe("the catalogue", () => {
  it("should price a local model by its provider's wildcard", () => {
    expect(entryOf(CATALOGUE, "openai-compatible:llama-3.3-70b")?.maxOutputTokens).toBe(4_000);
    expect(entryOf(CATALOGUE, "nobody:x")).toBeUndefined();
  });

  it("should list chosen models first and never the wildcard", () => {
    expect(modelRows(CATALOGUE, ["x:y"])).toEqual(["x:y", "openai:gpt-5.1"]);
  });

  it("should not ask a model for more than it can give", () => {
    expect(firstChoice(CATALOGUE[1]).maxOutputTokens).toBe("4000");
  });
});

describe("freeName", () => {
  it("should number a name that is taken", () => {
    expect(freeName("a.md", [])).toBe("a.md");
    expect(freeName("a.md", ["a.md", "a-2.md"])).toBe("a-3.md");
    expect(freeName("notes", ["notes"])).toBe("notes-2");
  });
});
