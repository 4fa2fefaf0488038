import { describe, expect, it } from "vitest";
import type { Estimate } from "../api/types.ts";
import { budgetWarning, costText, timeText } from "./estimate.ts";

const ESTIMATE: Estimate = {
  calls: 18,
  phases: [],
  models: [],
  minUsd: 0.4,
  likelyUsd: 1.2,
  maxUsd: 8.1,
  minTime: "PT1M2.5S",
  likelyTime: "PT4M",
  maxTime: "PT1H2M3S",
  withinBudget: true,
  maxCostUsd: 10,
  maxPaidCalls: 500,
};

describe("costText", () => {
  it("should tell the likely cost and the range", () => {
    expect(costText(ESTIMATE)).toBe("$1.20 likely, $0.4000 to $8.10");
  });

  it("should tell one amount when there is no range", () => {
    expect(costText({ ...ESTIMATE, minUsd: 0, likelyUsd: 0, maxUsd: 0 })).toBe("$0.00");
  });
});

describe("timeText", () => {
  it("should be rough about what cannot be exact", () => {
    expect(timeText(ESTIMATE)).toBe("4 m likely, 1 m 2 s to 1 h 2 m");
  });

  it("should not guess without past calls", () => {
    expect(timeText({ ...ESTIMATE, likelyTime: null })).toBeNull();
  });
});

describe("budgetWarning", () => {
  it("should be silent within the budget", () => {
    expect(budgetWarning(ESTIMATE)).toBeNull();
  });

  it("should name the limit that would be passed", () => {
    const over = { ...ESTIMATE, withinBudget: false };
    expect(budgetWarning({ ...over, maxPaidCalls: 10 })).toContain("10 paid requests allowed");
    expect(budgetWarning({ ...over, maxCostUsd: 1 })).toBe(
      "Over the budget: likely $1.20, limit $1.00",
    );
    expect(budgetWarning({ ...over, maxCostUsd: 5 })).toBe(
      "Over the budget: up to $8.10, limit $5.00",
    );
  });
});
