import { describe, expect, it } from "vitest";
import { historyPath } from "./historyQuery.ts";
import { filterOf, NUMBER_NAMES, type NumberSource } from "./numbers.ts";
import { hrefOf, parseNumberSearch, searchFor, sourceIn } from "./search.ts";

const SOURCE: NumberSource = { number: "ok", phase: "GENERATION", model: "a:b/c d" };

describe("the address of a number", () => {
  it("should lead back to the number, whichever it is", () => {
    for (const number of NUMBER_NAMES) {
      const url = new URL(hrefOf("run 1", { ...SOURCE, number }), "http://acm2");
      expect(url.pathname).toBe("/runs/run%201");
      const search = Object.fromEntries(url.searchParams);
      expect(sourceIn(parseNumberSearch(search))).toEqual({ ...SOURCE, number });
    }
  });

  it("should name nothing without a number, and leave out what it does not know", () => {
    expect(parseNumberSearch({ phase: "GENERATION" })).toEqual({});
    expect(parseNumberSearch({ number: "ok", phase: "LUNCH", model: 7 })).toEqual({
      number: "ok",
      model: "7",
    });
    expect(sourceIn({})).toBeNull();
  });

  it("should take every part away when nothing is shown any more", () => {
    expect(new Set(Object.values(searchFor(null)))).toEqual(new Set([null]));
    expect(searchFor(SOURCE)).toMatchObject({ ...SOURCE, worker: null, failure: null });
  });
});

describe("historyPath", () => {
  it("should repeat the types and tell where to go on", () => {
    const path = historyPath("r", filterOf({ number: "bad", worker: "w&1" }), "0.7");
    expect(path).toBe(
      "/runs/r/history?type=call-failed&type=call-timed-out&worker=w%261&after=0.7&limit=200",
    );
  });
});
