import { describe, expect, it } from "vitest";
import type { Ballot, Comparison } from "../api/types.ts";
import { otherOf, votesOn } from "./votes.ts";

const ballot = (first: string, second: string): Ballot => ({
  callId: `${first}${second}`,
  judge: "google:judge",
  iteration: 1,
  first,
  second,
  winner: first,
  reason: "so",
});

describe("the votes of a comparison", () => {
  const votes = [ballot("a", "b"), ballot("b", "a"), ballot("a", "c"), ballot("b", "c")];
  const comparison = { votes } as unknown as Comparison;

  it("should be found for a pair, in whichever order it was shown", () => {
    const found = votesOn(comparison, { document: "b", against: "a" });
    expect(found.map(({ callId }) => callId)).toEqual(["ab", "ba"]);
  });

  it("should be found for a document against all others", () => {
    const found = votesOn(comparison, { document: "c", against: null });
    expect(found.map((each) => otherOf(each, "c"))).toEqual(["a", "b"]);
  });
});
