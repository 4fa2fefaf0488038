import { describe, expect, it } from "vitest";
import { EVENT_TYPES, filterOf, NUMBER_NAMES, titleOf } from "./numbers.ts";

describe("filterOf", () => {
  it("should ask for the ends of one kind in the whole run", () => {
    expect(filterOf({ number: "timedOut" })).toEqual({
      types: ["call-timed-out"],
      phase: null,
      model: null,
      worker: null,
    });
  });

  it("should keep the phase, the model and the worker that the number counts in", () => {
    const scope = { phase: "PAIRWISE", model: "openai:gpt-5.1", worker: "worker-1" } as const;
    expect(filterOf({ number: "ok", ...scope })).toEqual({ types: ["call-succeeded"], ...scope });
  });

  it("should ask for every event that tells of money when the number is money", () => {
    expect(filterOf({ number: "costUsd" }).types).toEqual([
      "call-retried",
      "call-handed-back",
      "call-succeeded",
      "call-failed",
      "call-timed-out",
      "call-cancelled",
    ]);
  });

  it("should ask for known types alone, and for some, whatever the number", () => {
    for (const number of NUMBER_NAMES) {
      const { types } = filterOf({ number });
      expect(types.length, number).toBeGreaterThan(0);
      expect(types.filter((type) => !EVENT_TYPES.includes(type))).toEqual([]);
    }
  });
});

describe("titleOf", () => {
  it("should name the number and where it counts", () => {
    expect(titleOf({ number: "timedOut", phase: "PAIRWISE", model: "openai:o4-mini" })).toBe(
      "Timed out · Comparison · openai:o4-mini",
    );
  });
});
