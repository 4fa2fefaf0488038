import { describe, expect, it } from "vitest";
import { allToggled, NOTHING, toggled } from "./selection.ts";

const ORDER = ["a", "b", "c", "d"];

describe("toggled", () => {
  it("should choose a range in both directions, and take it back as one", () => {
    const one = toggled(NOTHING, "c", false, ORDER);
    const up = toggled(one, "a", true, ORDER);
    expect([...up.ids].sort()).toEqual(["a", "b", "c"]);
    const back = toggled(toggled(up, "b", false, ORDER), "c", true, ORDER);
    expect([...back.ids]).toEqual(["a"]);
  });

  it("should choose one row when the range has no beginning in the list", () => {
    const gone = { ids: new Set(["x"]), anchor: "x" };
    expect([...toggled(gone, "b", true, ORDER).ids]).toEqual(["x", "b"]);
  });
});

describe("allToggled", () => {
  it("should choose all, then none", () => {
    const all = allToggled(toggled(NOTHING, "a", false, ORDER), ORDER);
    expect(all.ids.size).toBe(4);
    expect(allToggled(all, ORDER).ids.size).toBe(0);
    expect(allToggled(NOTHING, []).ids.size).toBe(0);
  });
});
