import type {
  Evaluation,
  Phase,
  ReEvaluationRequest,
  RunSpec,
  RunView,
  SubmittedEvaluation,
} from "../api/types.ts";
import { fromSubmission } from "../newrun/fromSubmission.ts";
import {
  toCombine,
  toEvaluation,
  type FormCombine,
  type FormEvaluation,
} from "../newrun/judging.ts";

/** A phase that can be run anew, with what it has come to so far. */
export interface PhaseAgain {
  phase: Phase;
  /** Of this phase and those after it. */
  calls: number;
  spentUsd: number;
}

const LATER: readonly Phase[] = ["SINGLE_EVAL", "PAIRWISE", "COMBINE", "POST_COMBINE"];

/** From where a finished run can go on anew; empty while it has not finished, or has only generated. */
export function phasesAgain(run: RunView): PhaseAgain[] {
  if (run.status !== "FINISHED") return [];
  const present = LATER.filter((phase) => (run.byPhase[phase]?.planned ?? 0) > 0);
  return present.map((phase, index) => {
    const stats = present.slice(index).flatMap((each) => run.byPhase[each] ?? []);
    return {
      phase,
      calls: stats.reduce((sum, { planned }) => sum + planned, 0),
      spentUsd: stats.reduce((sum, { costUsd }) => sum + costUsd, 0),
    };
  });
}

/** Whether a run has finished and left documents that can be judged again. */
export function mayReEvaluate(run: RunView): boolean {
  return run.status === "FINISHED" && (run.byPhase.GENERATION?.ok ?? 0) > 0;
}

/**
 * How a run judged, as a form in which it can be changed.
 *
 * @param instructions what the run told its combining models; empty when it had none
 */
export function formOf(
  spec: RunSpec,
  instructions: string,
  newKey: () => string,
): { evaluation: FormEvaluation; combine: FormCombine } {
  const { form } = fromSubmission(
    {
      ...(spec.evaluation === null ? {} : { evaluation: submitted(spec.evaluation) }),
      ...(spec.combine === null ? {} : { combine: { instructions, models: spec.combine.models } }),
    },
    newKey,
  );
  return { evaluation: { ...form.evaluation, on: true }, combine: form.combine };
}

function submitted({
  rubric,
  judges,
  iterations,
  pairwise,
  seed,
}: Evaluation): SubmittedEvaluation {
  return { rubric, judges, iterations, seed, ...(pairwise === null ? {} : { pairwise }) };
}

export interface ReEvaluation {
  /** Null to judge as the run did. */
  other: { evaluation: FormEvaluation; combine: FormCombine } | null;
  mask: boolean;
}

export function toRequest({ other, mask }: ReEvaluation): ReEvaluationRequest {
  return {
    ...(other === null ? {} : { evaluation: toEvaluation(other.evaluation) }),
    ...(other?.combine.on === true ? { combine: toCombine(other.combine) } : {}),
    ...(mask ? { maskSuspicions: true } : {}),
  };
}
