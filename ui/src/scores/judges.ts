import type { Agreement, PositionBias, SourceView } from "../api/types.ts";
import type { Tone } from "../models/runs.ts";
import { counted } from "../models/format.ts";

export interface Verdict {
  word: string;
  tone: Tone;
  meaning: string;
}

/** What an alpha lets one conclude, by the thresholds of Krippendorff. */
export function agreementVerdict({ alpha }: Agreement): Verdict {
  if (alpha >= 0.8)
    return {
      word: "Strong",
      tone: "ok",
      meaning: "The judges see the same differences; their scores can be relied on.",
    };
  if (alpha >= 0.667)
    return { word: "Fair", tone: "ok", meaning: "Good enough for tentative conclusions." };
  if (alpha >= 0.4)
    return {
      word: "Moderate",
      tone: "retry",
      meaning: "The order is likely right, small differences mean little.",
    };
  if (alpha > 0)
    return {
      word: "Weak",
      tone: "timed-out",
      meaning: "The judges see different things; look at the comparisons.",
    };
  return {
    word: "None",
    tone: "failed",
    meaning: "No better than chance: the scores decide nothing.",
  };
}

/** The bias of each judge over all comparisons of a source. */
export function biasOf({ pairwise, postCombine }: SourceView): PositionBias[] {
  const byJudge = new Map<string, PositionBias>();
  for (const each of [...(pairwise?.positionBias ?? []), ...(postCombine?.positionBias ?? [])]) {
    const held = byJudge.get(each.judge);
    const decided = each.decided + (held?.decided ?? 0);
    const firstWon = each.firstWon + (held?.firstWon ?? 0);
    const bias = decided === 0 ? null : firstWon / decided - 0.5;
    byJudge.set(each.judge, {
      judge: each.judge,
      decided,
      firstWon,
      ties: each.ties + (held?.ties ?? 0),
      bias,
    });
  }
  return [...byJudge.values()].sort((a, b) => a.judge.localeCompare(b.judge));
}

/** Worth a warning when chance alone (two standard errors of a fair coin) does not explain it. */
export function isLeaning({ bias, decided }: PositionBias): boolean {
  return bias !== null && Math.abs(bias) > 1 / Math.sqrt(decided);
}

export function biasText(each: PositionBias): string {
  const { bias, firstWon, decided, ties } = each;
  if (bias === null) return "no decided vote";
  const tied = ties === 0 ? "" : `, ${counted(ties, "tie")}`;
  return `first shown won ${firstWon} of ${decided}${tied}`;
}

export function biasVerdict(each: PositionBias): string {
  if (each.bias === null || !isLeaning(each)) return "within chance";
  return each.bias > 0 ? "leans to the first" : "leans to the second";
}

/** The greatest of the values without their signs; what colours are measured by. */
export function greatestOf(values: Iterable<number | null>): number {
  return Math.max(0, ...[...values].map((value) => Math.abs(value ?? 0)));
}
