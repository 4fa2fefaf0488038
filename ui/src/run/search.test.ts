import { describe, expect, it } from "vitest";
import { parseRunSearch } from "./search.ts";

describe("parseRunSearch", () => {
  it("should take the call and the filter", () => {
    expect(parseRunSearch({ call: "c1", show: "FAILED" })).toEqual({ call: "c1", show: "FAILED" });
  });

  it("should take the document that is read and the one beside it", () => {
    const search = { doc: "d1", beside: "source" };
    expect(parseRunSearch(search)).toEqual(search);
  });

  it("should take a number whose events are shown, in its phase, model or worker", () => {
    const search = { number: "ok", phase: "GENERATION", model: "openai:gpt-5.1", worker: "w-1" };
    expect(parseRunSearch(search)).toEqual(search);
  });

  it("should leave out a phase or a model without a number", () => {
    expect(parseRunSearch({ number: "nonsense", phase: "GENERATION", model: "m" })).toEqual({});
  });

  it("should leave out what it does not know", () => {
    expect(parseRunSearch({ show: "nonsense", other: 1 })).toEqual({});
  });

  it("should keep an id that looks like a number", () => {
    expect(parseRunSearch({ call: 42, log: 7 })).toEqual({ call: "42", log: "7" });
  });
});
