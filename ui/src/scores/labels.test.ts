import { describe, expect, it } from "vitest";
import { document, view } from "./fixtures.ts";
import { labelsOf, nameOf, shortModels } from "./labels.ts";

describe("shortModels", () => {
  it("should leave the provider out while the rest is unique", () => {
    const short = shortModels(["openai:gpt-5.1", "google:gemini"]);
    expect([...short.values()]).toEqual(["gpt-5.1", "gemini"]);
  });

  it("should keep the provider of models that differ by it alone", () => {
    const short = shortModels(["a:llama", "b:llama", "b:other"]);
    expect([...short.values()]).toEqual(["a:llama", "b:llama", "other"]);
  });
});

describe("labelsOf", () => {
  const labels = labelsOf(
    view({
      documents: [
        document({ docId: "d1", iteration: 2 }),
        document({ docId: "d2", phase: "COMBINE" }),
        document({ docId: "d3", phase: "COMBINE", iteration: 2 }),
      ],
    }),
  );

  it("should name model, iteration and whether it is combined", () => {
    expect([...labels.values()].map(({ name }) => name)).toEqual([
      "gpt-5.1 #2",
      "gpt-5.1, combined",
      "gpt-5.1 #2, combined",
    ]);
  });

  it("should name an unknown document by its id", () => {
    expect(nameOf(labels, "0123456789abcdef")).toBe("01234567");
  });
});
