import type {
  Comparison,
  Questions,
  Ranking,
  RankingRow,
  SourceView,
  WinnerBy,
} from "../api/types.ts";
import { count, counted, money } from "../models/format.ts";

export interface Compared {
  id: "after" | "before";
  title: string;
  comparison: Comparison;
}

/** The comparisons of a source, the deciding one first. */
export function comparisonsOf({ pairwise, postCombine }: SourceView): Compared[] {
  const after =
    postCombine === null
      ? null
      : ({ id: "after", title: "After combining", comparison: postCombine } as const);
  const title = postCombine === null ? "Comparison" : "Before combining";
  const before =
    pairwise === null ? null : ({ id: "before", title, comparison: pairwise } as const);
  return [after, before].filter((each) => each !== null);
}

export function votesOf({ wins, losses, ties }: RankingRow): number {
  return wins + losses + ties;
}

/** How firmly the first place is held. */
export function flipText({ rows, votesToFlip }: Ranking): string {
  const first = rows[0];
  if (first === undefined || votesOf(first) === 0) return "No vote has come yet.";
  if (votesToFlip === null) return "No changed vote would put another one first.";
  return `${counted(votesToFlip, "changed vote")} would put another one first.`;
}

/** "Asked 150 of 216: 66 were settled early, which saved $0.40." */
export function questionsText(questions: Questions): string {
  const { open, answered, unanswered, settled, savedUsd } = questions;
  const all = open + answered + unanswered + settled;
  const parts = [`${count(answered)} of ${count(all)} votes`];
  if (open > 0) parts.push(`${count(open)} still open`);
  if (unanswered > 0) parts.push(`${count(unanswered)} without an answer`);
  if (settled > 0) parts.push(`${count(settled)} settled early, which saved ${money(savedUsd)}`);
  return parts.join(", ");
}

export function signed(value: number, decimals = 0): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** What a score has become against an earlier one; empty while that is not known. */
export function changeText(change: number | null): string {
  return change === null ? "" : signed(change, 2);
}

export function rateText(winRate: number | null): string {
  return winRate === null ? "–" : `${Math.round(winRate * 100)} %`;
}

export function ratingText(rating: number | null): string {
  return rating === null ? "–" : count(Math.round(rating));
}

export function byText(by: WinnerBy): string {
  switch (by) {
    case "POST_COMBINE":
      return "won after combining";
    case "PAIRWISE":
      return "won the comparison";
    case "SCORE":
      return "best score";
  }
}

/** The ranking row of a document where it did best: after combining, else before. */
export function rowOf(view: SourceView, docId: string): RankingRow | null {
  for (const { comparison } of comparisonsOf(view)) {
    const row = comparison.ranking.rows.find(({ document }) => document === docId);
    if (row !== undefined && votesOf(row) > 0) return row;
  }
  return null;
}

/** Whom the winner is to be held against: the second of the comparison that decided, or of the scores. */
export function runnerUp(view: SourceView): string | null {
  const winner = view.winner?.document;
  const ranked = comparisonsOf(view).flatMap(({ comparison }) => comparison.ranking.rows);
  const all = [...ranked.filter((row) => votesOf(row) > 0), ...view.scores];
  return all.find(({ document }) => document !== winner)?.document ?? null;
}
