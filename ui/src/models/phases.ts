import type { Phase, RunSpec, RunView, Stats } from "../api/types.ts";
import { count } from "./format.ts";
import { endedOf } from "./runs.ts";

/** What happens in a phase, in the order in which phases follow each other. */
const NAMES: Record<Phase, string> = {
  GENERATION: "Generation",
  SINGLE_EVAL: "Scoring",
  PAIRWISE: "Comparison",
  COMBINE: "Combining",
  POST_COMBINE: "Comparison after combining",
};

const ORDER = Object.keys(NAMES) as Phase[];

export function phaseName(phase: Phase): string {
  return NAMES[phase];
}

/** How many calls each phase has when no document fails and nothing is settled early. */
export function plannedByPhase(spec: RunSpec): Partial<Record<Phase, number>> {
  const { evaluation, combine, generation } = spec;
  const sources = spec.documents.length;
  const made = sum(generation.models);
  const plan: Partial<Record<Phase, number>> = { GENERATION: sources * made };
  const answers = (evaluation?.judges.length ?? 0) * (evaluation?.iterations ?? 0);
  if (evaluation !== null) plan.SINGLE_EVAL = sources * made * answers;
  const pairwise = evaluation?.pairwise ?? null;
  const asked = sources * answers * (pairwise?.order === "BOTH" ? 2 : 1);
  if (pairwise !== null) plan.PAIRWISE = asked * pairs(Math.min(pairwise.topN, made));
  if (combine !== null) {
    const combined = sum(combine.models);
    plan.COMBINE = sources * combined;
    if (pairwise !== null) plan.POST_COMBINE = asked * pairs(Math.min(2, made) + combined);
  }
  return plan;
}

function sum(authors: readonly { iterations: number }[]): number {
  return authors.reduce((all, { iterations }) => all + iterations, 0);
}

function pairs(documents: number): number {
  return (documents * (documents - 1)) / 2;
}

export interface PhaseRow {
  phase: Phase;
  name: string;
  /** Null while the phase has no calls yet. */
  stats: Stats | null;
  /** "12 of 54", also for a phase that has not begun. */
  done: string;
}

/** Every phase of the run, also those that are still to come. */
export function phaseRows(run: RunView): PhaseRow[] {
  const plan = run.spec === null ? {} : plannedByPhase(run.spec);
  return ORDER.flatMap((phase) => {
    const stats = run.byPhase[phase] ?? null;
    const planned = stats === null || stats.planned === 0 ? (plan[phase] ?? 0) : stats.planned;
    if (planned === 0) return [];
    const done = `${count(stats === null ? 0 : endedOf(stats))} of ${count(planned)}`;
    return [{ phase, name: NAMES[phase], stats, done }];
  });
}
