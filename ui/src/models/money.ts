import type { Limits, Stats } from "../api/types.ts";
import type { Tone } from "./runs.ts";

/** A run's money against its limit: what is spent, what is held for calls under way, what is left. */
export interface Budget {
  spentUsd: number;
  reservedUsd: number;
  limitUsd: number;
  /** Never below zero: a late bill may pass the limit. */
  leftUsd: number;
  /** Shares of the limit from 0 to 1, together at most 1. */
  spentShare: number;
  reservedShare: number;
  /** Nine tenths are spent or held. */
  tight: boolean;
}

export function budgetOf(stats: Stats, limits: Limits): Budget {
  const { costUsd: spentUsd, reservedUsd } = stats;
  const limitUsd = limits.maxCostUsd;
  const share = (usd: number) => (limitUsd <= 0 ? 0 : Math.min(1, usd / limitUsd));
  const spentShare = share(spentUsd);
  const reservedShare = Math.min(share(reservedUsd), 1 - spentShare);
  return {
    spentUsd,
    reservedUsd,
    limitUsd,
    leftUsd: Math.max(0, limitUsd - spentUsd - reservedUsd),
    spentShare,
    reservedShare,
    tight: spentShare + reservedShare > 0.9,
  };
}

export interface CostPart {
  key: keyof Stats["cost"];
  label: string;
  /** What the words mean, for those who ask. */
  meaning: string;
  tone: Tone;
  usd: number;
}

const PARTS: Omit<CostPart, "usd">[] = [
  { key: "succeededUsd", label: "succeeded", meaning: "gave a result", tone: "ok" },
  { key: "retriedUsd", label: "retried", meaning: "attempts before the last one", tone: "retry" },
  { key: "failedUsd", label: "failed", meaning: "ended without a result", tone: "failed" },
  { key: "orphanedUsd", label: "orphaned", meaning: "lost with a worker", tone: "timed-out" },
  { key: "replacedUsd", label: "replaced", meaning: "successes that were run anew", tone: "muted" },
  { key: "lateUsd", label: "late", meaning: "answers after the end of their call", tone: "muted" },
];

/** The parts of the cost that are not zero, the useful one first. */
export function costParts(stats: Stats): CostPart[] {
  return PARTS.map((part) => ({ ...part, usd: stats.cost[part.key] })).filter(({ usd }) => usd > 0);
}
