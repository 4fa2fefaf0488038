import { describe, expect, it } from "vitest";
import { movedBy, placed } from "./place.ts";

const WINDOW = { width: 400, height: 600 };
const SIZE = { width: 200, height: 100 };

describe("placed", () => {
  it("should be below the middle of its anchor", () => {
    const anchor = { left: 150, top: 100, width: 100, height: 20 };
    expect(placed(anchor, SIZE, WINDOW)).toEqual({ left: 100, top: 126 });
  });

  it("should be above where there is no room below", () => {
    const anchor = { left: 150, top: 560, width: 100, height: 20 };
    expect(placed(anchor, SIZE, WINDOW).top).toBe(454);
  });

  it("should stay inside the window", () => {
    expect(placed({ left: 0, top: 0, width: 10, height: 10 }, SIZE, WINDOW).left).toBe(8);
    expect(placed({ left: 390, top: 0, width: 10, height: 10 }, SIZE, WINDOW).left).toBe(192);
  });
});

describe("movedBy", () => {
  it("should go where the arrow points and stop at the edge", () => {
    expect(movedBy("ArrowDown", [0, 0], 2, 2)).toEqual([1, 0]);
    expect(movedBy("ArrowRight", [1, 1], 2, 2)).toEqual([1, 1]);
    expect(movedBy("Home", [1, 1], 2, 2)).toEqual([1, 0]);
    expect(movedBy("End", [1, 0], 2, 2)).toEqual([1, 1]);
  });

  it("should leave other keys alone", () => {
    expect(movedBy("Enter", [0, 0], 2, 2)).toBeNull();
  });
});
