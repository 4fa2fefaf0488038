import { describe, expect, it } from "vitest";
import { overshootText, quantileBound } from "./overshoot.ts";

describe("quantileBound", () => {
  it("should be unknown when nothing timed out", () => {
    expect(quantileBound({}, 0.99)).toBeNull();
    expect(quantileBound({ 50: 0 }, 0.99)).toBeNull();
  });

  it("should read the bounds as numbers, not as text", () => {
    expect(quantileBound({ 1000: 1, 5: 98, 50: 1 }, 0.99)).toBe(50);
  });

  it("should find the slowest when a hundredth is more than one percent", () => {
    expect(quantileBound({ 5: 98, 1000: 2 }, 0.99)).toBe(1000);
  });
});

describe("overshootText", () => {
  it("should say how late the deadlines were enforced", () => {
    expect(overshootText(3, { 20: 1, 50: 2 })).toBe("3 calls timed out, overshoot p99 ≤ 50 ms");
  });

  it("should not claim a bound for the open end", () => {
    expect(overshootText(1, { 2147483647: 1 })).toBe("1 call timed out, overshoot p99 > 10,000 ms");
  });

  it("should say no more than it knows", () => {
    expect(overshootText(1, {})).toBe("1 call timed out");
  });
});
