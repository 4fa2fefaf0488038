import type {
  Submission,
  SubmittedCombine,
  SubmittedEvaluation,
  SubmittedLimits,
  SubmittedModel,
} from "../api/types.ts";
import { isoMillis } from "../models/format.ts";
import { LIMIT_FIELDS, type FormDocument, type NewRunForm } from "./form.ts";
import {
  NO_COMBINE,
  NO_EVALUATION,
  type FormCombine,
  type FormEvaluation,
  type FormModel,
} from "./judging.ts";
import type { FormCriterion } from "./rubric.ts";

export interface ReadForm {
  form: NewRunForm;
  /** What a form cannot hold, in words; it is told and not passed over. */
  leftOut: string[];
}

/**
 * A submission as a form. What is unset there stays empty here, so that saving it again gives the
 * same submission; what the form has no place for is listed.
 */
export function fromSubmission(submission: Submission, newKey: () => string): ReadForm {
  const leftOut: string[] = [];
  const { generation, evaluation, combine, limits, reuse } = submission;
  if (reuse !== undefined) leftOut.push("reuse: a new run writes its documents itself");
  return {
    form: {
      name: submission.name ?? "",
      instructions: submission.instructions ?? "",
      documents: (submission.documents ?? []).map((each) => documentOf(each, newKey)),
      models: modelsOf(generation?.models ?? [], "generation.models", leftOut),
      limits: limitsOf(limits ?? {}, leftOut),
      evaluation: evaluationOf(evaluation, newKey, leftOut),
      combine: combineOf(combine, leftOut),
    },
    leftOut,
  };
}

function documentOf(
  { name = "", content = "", artifact }: NonNullable<Submission["documents"]>[number],
  newKey: () => string,
): FormDocument {
  const document = { key: newKey(), name, content };
  return artifact === undefined ? document : { ...document, artifact };
}

/** A form has each model once; its settings are those of the first time. */
function byModel<T extends { model?: string }, M>(
  models: readonly T[],
  path: string,
  leftOut: string[],
  read: (model: T) => M,
): Record<string, M> {
  const found: Record<string, M> = {};
  models.forEach((each, index) => {
    const id = each.model?.trim() ?? "";
    if (id === "") leftOut.push(`${path}[${index}]: it names no model`);
    else if (id in found) leftOut.push(`${path}[${index}]: ${id} is there already`);
    else found[id] = read(each);
  });
  return found;
}

function modelsOf(
  models: readonly SubmittedModel[],
  path: string,
  leftOut: string[],
): Record<string, FormModel> {
  return byModel(models, path, leftOut, (model) => ({
    iterations: numberText(model.iterations),
    maxOutputTokens: numberText(model.maxOutputTokens),
    grounding: model.grounding ?? "",
    reasoning: model.reasoning ?? "",
  }));
}

function numberText(value: number | null | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}

function limitsOf(limits: SubmittedLimits, leftOut: string[]): NewRunForm["limits"] {
  const found: NewRunForm["limits"] = {};
  for (const { name, kind } of LIMIT_FIELDS) {
    const value = limits[name];
    if (value === undefined) continue;
    const ms = kind === "seconds" ? isoMillis(String(value)) : null;
    if (kind === "seconds" && ms === null)
      leftOut.push(`limits.${name}: "${value}" is no duration`);
    else found[name] = ms === null ? String(value) : String(ms / 1_000);
  }
  return found;
}

function evaluationOf(
  evaluation: SubmittedEvaluation | undefined,
  newKey: () => string,
  leftOut: string[],
): FormEvaluation {
  if (evaluation === undefined) return NO_EVALUATION;
  const { rubric, judges = [], iterations, pairwise, seed } = evaluation;
  const kept = {
    ...(seed === undefined ? {} : { seed }),
    ...(rubric?.version === undefined ? {} : { rubricVersion: rubric.version }),
  };
  return {
    on: true,
    criteria:
      rubric?.criteria === undefined
        ? null
        : rubric.criteria.map((each) => criterionOf(each, newKey())),
    rubricName: rubric?.name ?? NO_EVALUATION.rubricName,
    judges: byModel(judges, "evaluation.judges", leftOut, (judge) => ({
      maxOutputTokens: numberText(judge.maxOutputTokens),
      reasoning: judge.reasoning ?? "",
    })),
    iterations: numberText(iterations),
    pairwise: {
      on: pairwise !== undefined,
      topN: numberText(pairwise?.topN),
      order: pairwise?.order ?? "",
      ties: pairwise?.ties ?? null,
      earlyStop: pairwise?.earlyStop ?? null,
    },
    ...(Object.keys(kept).length === 0 ? {} : { kept }),
  };
}

type SubmittedCriterion = NonNullable<
  NonNullable<SubmittedEvaluation["rubric"]>["criteria"]
>[number];

function criterionOf(criterion: SubmittedCriterion, key: string): FormCriterion {
  return {
    key,
    name: criterion.name ?? "",
    description: criterion.description ?? "",
    weight: numberText(criterion.weight),
    min: numberText(criterion.min),
    max: numberText(criterion.max),
  };
}

function combineOf(combine: SubmittedCombine | undefined, leftOut: string[]): FormCombine {
  if (combine === undefined) return NO_COMBINE;
  return {
    on: true,
    instructions: combine.instructions ?? "",
    models: modelsOf(combine.models ?? [], "combine.models", leftOut),
  };
}

/** The models of the form that the catalogue has no price for, not even by a provider's wildcard. */
export function unknownModels(form: NewRunForm, isKnown: (model: string) => boolean): string[] {
  const { models, evaluation, combine } = form;
  const asked = [
    ...Object.keys(models),
    ...(evaluation.on ? Object.keys(evaluation.judges) : []),
    ...(combine.on ? Object.keys(combine.models) : []),
  ];
  return [...new Set(asked)].filter((model) => !isKnown(model));
}
