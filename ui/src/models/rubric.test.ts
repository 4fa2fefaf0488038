import { expect, it } from "vitest";
import { weightShare } from "./rubric.ts";

it("should show a weight as its part of all weights", () => {
  const criterion = { description: "", min: 1, max: 5 };
  const rubric = {
    name: "Mine",
    version: 1,
    criteria: [
      { ...criterion, name: "a", weight: 1 },
      { ...criterion, name: "b", weight: 2 },
    ],
  };
  expect([weightShare(1, rubric), weightShare(2, rubric)]).toEqual(["33.3 %", "66.7 %"]);
});
