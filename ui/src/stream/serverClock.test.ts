import { describe, expect, it } from "vitest";
import { noteServerTime, offsetOf, serverOffset } from "./serverClock.ts";

describe("offsetOf", () => {
  it("should believe the message with the shortest way", () => {
    expect(offsetOf([3_599_200, 3_599_990, 3_598_000])).toBe(3_599_990);
    expect(offsetOf([-7_200_900, -7_200_010])).toBe(-7_200_010);
  });

  it("should not take the way of a message for a wrong clock", () => {
    expect(offsetOf([])).toBe(0);
    expect(offsetOf([-180, -12, -60])).toBe(0);
  });
});

describe("serverOffset", () => {
  it("should forget what was measured before the clock was set right", () => {
    const at = "2026-11-25T12:00:00Z";
    const right = Date.parse(at);
    noteServerTime(at, right - 3_600_000);
    expect(serverOffset()).toBe(3_600_000);
    for (let pulse = 0; pulse < 8; pulse++) noteServerTime(at, right + 10);
    expect(serverOffset()).toBe(0);
  });
});
