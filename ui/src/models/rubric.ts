import type { Rubric } from "../api/types.ts";

/** The part of a weight in all weights, in percent with at most one decimal. */
export function weightShare(weight: number, { criteria }: Rubric): string {
  const all = criteria.reduce((sum, each) => sum + each.weight, 0);
  return `${Number(((weight / all) * 100).toFixed(1))} %`;
}
