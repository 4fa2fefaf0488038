import { describe, expect, it } from "vitest";
import { LIMITS as DEFAULTS, stats } from "./fixtures.ts";
import { budgetOf, costParts } from "./money.ts";

const LIMITS = { ...DEFAULTS, maxCostUsd: 10 };

describe("budgetOf", () => {
  it("should tell spent, held and left", () => {
    expect(budgetOf(stats({ costUsd: 4, reservedUsd: 2 }), LIMITS)).toMatchObject({
      leftUsd: 4,
      spentShare: 0.4,
      reservedShare: 0.2,
      tight: false,
    });
  });

  it("should never draw more than the whole bar, nor leave less than nothing", () => {
    const budget = budgetOf(stats({ costUsd: 9, reservedUsd: 5 }), LIMITS);
    expect(budget.spentShare + budget.reservedShare).toBe(1);
    expect(budget.leftUsd).toBe(0);
    expect(budget.tight).toBe(true);
  });

  it("should not divide by a limit of nothing", () => {
    const free = { ...LIMITS, maxCostUsd: 0 };
    expect(budgetOf(stats({ costUsd: 0 }), free).spentShare).toBe(0);
  });
});

describe("costParts", () => {
  it("should leave out what is zero", () => {
    const cost = { ...stats().cost, succeededUsd: 2, lateUsd: 0.5 };
    expect(costParts(stats({ cost })).map(({ key, usd }) => [key, usd])).toEqual([
      ["succeededUsd", 2],
      ["lateUsd", 0.5],
    ]);
  });
});
