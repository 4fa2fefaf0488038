import type { Phase, RunView, Sources, SourceView } from "../api/types.ts";
import type { ModelRow } from "../models/comparison.ts";
import { count, duration, money, secondsShort, sentence } from "../models/format.ts";
import { phaseName } from "../models/phases.ts";
import { elapsedMs, labelOf, segmentsOf } from "../models/runs.ts";
import { labelsOf, nameOf } from "../scores/labels.ts";
import { byText } from "../scores/ranking.ts";
import {
  numberRow,
  shownUsd,
  textRow,
  union,
  wholeSeconds,
  type Row,
  type Section,
} from "./rows.ts";

export function outcomeSection(a: RunView, b: RunView, now: number): Section {
  const of = (read: (run: RunView) => number) => [read(a), read(b)] as const;
  return {
    id: "outcome",
    title: "Outcome",
    rows: [
      textRow("State", stateOf(a), stateOf(b)),
      textRow("Message", a.message, b.message),
      numberRow("Duration", ...of((run) => wholeSeconds(elapsedMs(run, now))), duration),
      numberRow("Calls planned", ...of(({ stats }) => stats.planned), count),
      numberRow("Retries", ...of(({ stats }) => stats.retries), count),
      numberRow("Paid requests", ...of(({ stats }) => stats.attempts), count),
      numberRow("Tokens in", ...of(({ stats }) => stats.inputTokens), count),
      numberRow("Tokens out", ...of(({ stats }) => stats.outputTokens), count),
    ],
  };
}

function stateOf({ status, outcome }: RunView): string {
  return labelOf(status, outcome).text;
}

export function callsSection(a: RunView, b: RunView): Section {
  const [left, right] = [segmentsOf(a.stats), segmentsOf(b.stats)];
  return {
    id: "calls",
    title: "Calls by state",
    rows: left.map(({ label, count: calls }, index) =>
      numberRow(sentence(label), calls, right[index]?.count, count),
    ),
  };
}

/** "succeededUsd" reads "Succeeded"; parts that the gateway adds later have a row as well. */
function partName(key: string): string {
  return sentence(key.replace(/Usd$/, ""));
}

export function costSection(a: RunView, b: RunView): Section {
  const parts = union(Object.keys(a.stats.cost), Object.keys(b.stats.cost));
  const part = ({ stats }: RunView, key: string) =>
    (stats.cost as Record<string, number | undefined>)[key] ?? null;
  const phases = union(Object.keys(a.byPhase), Object.keys(b.byPhase)) as Phase[];
  return {
    id: "cost",
    title: "Cost",
    hint: "By what became of the money, then by phase; each adds up to the total",
    rows: [
      moneyRow("Total", a.stats.costUsd, b.stats.costUsd),
      ...parts.map((key) => moneyRow(partName(key), part(a, key), part(b, key))),
      ...phases.map((phase) =>
        moneyRow(phaseName(phase), a.byPhase[phase]?.costUsd, b.byPhase[phase]?.costUsd),
      ),
      moneyRow("Limit", a.limits.maxCostUsd, b.limits.maxCostUsd),
    ],
  };
}

function moneyRow(label: string, a: number | null | undefined, b: number | null | undefined): Row {
  const shown = (usd: number | null | undefined) =>
    usd === null || usd === undefined ? null : shownUsd(usd);
  return numberRow(label, shown(a), shown(b), money);
}

/** A block of rows for each model that either run has. */
export function modelSections(a: readonly ModelRow[], b: readonly ModelRow[]): Section[] {
  const names = union(
    a.map(({ model }) => model),
    b.map(({ model }) => model),
  );
  const find = (rows: readonly ModelRow[], name: string) =>
    rows.find(({ model }) => model === name);
  return names.map((model) => {
    const [left, right] = [find(a, model), find(b, model)];
    const row = (
      label: string,
      read: (row: ModelRow) => number | null,
      format: (value: number) => string,
    ) => numberRow(label, left && read(left), right && read(right), format);
    return {
      id: `model-${model}`,
      title: model,
      rows: [
        row("Calls", ({ calls }) => calls, count),
        row("Ok of ended", ({ okShare }) => okShare, shareText),
        row(
          "p50",
          ({ latency }) => (latency === null ? null : wholeSeconds(latency.p50)),
          secondsShort,
        ),
        row(
          "p95",
          ({ latency }) => (latency === null ? null : wholeSeconds(latency.p95)),
          secondsShort,
        ),
        row("Retries", ({ retries }) => retries, count),
        row("Cost", ({ costUsd }) => shownUsd(costUsd), money),
      ],
    };
  });
}

/** Rounded down: what is not all is never shown as 100 %. */
function shareText(share: number): string {
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}

export function scoreText(mean: number): string {
  return mean.toFixed(2);
}

/** Winner and scores for each source document, found again in the other run by its name. */
export function verdictSections(a: Sources | null, b: Sources | null): Section[] {
  const [left, right] = [a?.items ?? [], b?.items ?? []];
  const names = union(
    left.map(({ document }) => document),
    right.map(({ document }) => document),
  );
  const find = (views: readonly SourceView[], name: string) =>
    views.find(({ document }) => document === name) ?? null;
  return names.map((name) => ({
    id: `source-${name}`,
    title: name,
    rows: verdictRows(find(left, name), find(right, name)),
  }));
}

function verdictRows(a: SourceView | null, b: SourceView | null): Row[] {
  return [
    textRow("Winner", winnerOf(a), winnerOf(b)),
    textRow("Decided by", decidedBy(a), decidedBy(b)),
    numberRow("Score of the winner", winnerScore(a), winnerScore(b), scoreText),
    numberRow("Best score", bestScore(a), bestScore(b), scoreText),
    numberRow("Documents judged", judged(a), judged(b), count),
  ];
}

function winnerOf(view: SourceView | null): string | null {
  return view?.winner ? nameOf(labelsOf(view), view.winner.document) : null;
}

function decidedBy(view: SourceView | null): string | null {
  return view?.winner ? byText(view.winner.by) : null;
}

function winnerScore(view: SourceView | null): number | null {
  const winner = view?.winner?.document;
  return view?.scores.find(({ document }) => document === winner)?.mean ?? null;
}

function bestScore(view: SourceView | null): number | null {
  const means = (view?.scores ?? []).flatMap(({ mean }) => (mean === null ? [] : [mean]));
  return means.length === 0 ? null : Math.max(...means);
}

function judged(view: SourceView | null): number | null {
  return view === null ? null : view.scores.filter(({ mean }) => mean !== null).length;
}
