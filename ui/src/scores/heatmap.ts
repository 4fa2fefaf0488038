import type {
  DocumentScore,
  Evaluation,
  RunSpec,
  SourceDocument,
  SourceView,
} from "../api/types.ts";
import { count } from "../models/format.ts";
import { shortModels, slotsOf, type Slot } from "./labels.ts";

/** What one judge gave in one cell, with what it said. */
export interface Mark {
  /** A, B, C in the order of the specification. */
  letter: string;
  judge: string;
  /** Over its iterations; null when none of its scores is there. */
  mean: number | null;
  given: Given[];
}

export interface Given {
  iteration: number;
  /** Null when it is missing. */
  score: number | null;
  reason: string;
}

export interface Cell {
  key: string;
  document: string;
  /** Null is missing, which is not 0. */
  mean: number | null;
  /** Where the mean is on the criterion's scale, from 0 to 1. */
  share: number | null;
  marks: Mark[];
}

export interface HeatRow {
  criterion: string;
  description: string;
  /** Of all weights, in percent. */
  weight: number;
  max: number;
  cells: Cell[];
}

export interface HeatColumn extends Slot {
  score: DocumentScore | null;
  isBest: boolean;
}

export interface Heatmap {
  judges: { letter: string; judge: string; name: string }[];
  columns: HeatColumn[];
  rows: HeatRow[];
}

export function heatmapOf(spec: RunSpec, evaluation: Evaluation, view: SourceView): Heatmap {
  const short = shortModels(evaluation.judges.map(({ model }) => model));
  const judges = evaluation.judges.map(({ model }, index) => ({
    letter: String.fromCharCode(65 + index),
    judge: model,
    name: short.get(model) ?? model,
  }));
  const best = view.scores[0]?.mean == null ? null : view.scores[0].document;
  const columns = slotsOf(spec, view).map((slot) => {
    const docId = slot.document?.docId;
    const score = view.scores.find(({ document }) => document === docId) ?? null;
    return { ...slot, score, isBest: docId !== undefined && docId === best };
  });
  const { criteria } = evaluation.rubric;
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const rows = criteria.map(({ name, description, weight, min, max }) => ({
    criterion: name,
    description,
    weight: (weight / weights) * 100,
    max,
    cells: columns.map((column): Cell => {
      const mean = column.score?.criteria.find((each) => each.criterion === name)?.mean ?? null;
      return {
        key: column.key,
        document: column.name,
        mean,
        share: mean === null ? null : (mean - min) / (max - min),
        marks: judges.map(({ letter, judge }) => ({
          letter,
          judge,
          ...markOf(column.document, judge, name, evaluation.iterations),
        })),
      };
    }),
  }));
  return { judges, columns, rows };
}

function markOf(
  document: SourceDocument | null,
  judge: string,
  criterion: string,
  iterations: number,
): Pick<Mark, "mean" | "given"> {
  const sheets = document?.sheets.filter((sheet) => sheet.judge === judge) ?? [];
  const given = Array.from({ length: iterations }, (_, index): Given => {
    const sheet = sheets.find(({ iteration }) => iteration === index + 1);
    const found = sheet?.scores.find((score) => score.criterion === criterion);
    return { iteration: index + 1, score: found?.score ?? null, reason: found?.reason ?? "" };
  });
  const scores = given.flatMap(({ score }) => (score === null ? [] : [score]));
  return { mean: meanOf(scores), given };
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A judge's score: whole where it is whole. */
export function markText(mean: number | null): string {
  if (mean === null) return "–";
  return Number.isInteger(mean) ? String(mean) : mean.toFixed(1);
}

export function scoreText(mean: number | null): string {
  return mean === null ? "–" : mean.toFixed(2);
}

/** The whole cell in words, for those who cannot see it. */
export function cellText(criterion: string, max: number, cell: Cell): string {
  const value = cell.mean === null ? "no score yet" : `${scoreText(cell.mean)} of ${max}`;
  const judges = cell.marks.map(
    ({ letter, mean }) => `${letter} ${mean === null ? "missing" : markText(mean)}`,
  );
  return `${criterion}, ${cell.document}: ${value}. ${judges.join(", ")}`;
}

/** "88 of 90 scores"; before there is anything it is what is awaited. */
export function coverageText(score: DocumentScore | null, expected: number): string {
  return `${count(score?.scores ?? 0)} of ${count(score?.expectedScores ?? expected)}`;
}
