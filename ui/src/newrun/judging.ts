import type {
  Demand,
  Order,
  SubmittedCombine,
  SubmittedEvaluation,
  SubmittedModel,
} from "../api/types.ts";
import type { FormCriterion } from "./rubric.ts";

/** How the documents are judged, as it stands in the form. */
export interface FormEvaluation {
  on: boolean;
  /** Null for the standard rubric. */
  criteria: FormCriterion[] | null;
  rubricName: string;
  judges: Record<string, FormJudge>;
  iterations: string;
  pairwise: FormPairwise;
  /** What no field shows, as it was in the preset or the file; it is sent as it came. */
  kept?: KeptEvaluation;
}

export interface KeptEvaluation {
  seed?: number;
  rubricVersion?: number;
}

/** A setting that is empty is left to the server, and stays empty in a preset. */
export type Unset = "";

export interface FormJudge {
  maxOutputTokens: string;
  reasoning: Demand | Unset;
}

export interface FormPairwise {
  on: boolean;
  topN: string;
  order: Order | Unset;
  /** Null when it is left to the server. */
  ties: boolean | null;
  earlyStop: boolean | null;
}

export interface FormModel {
  iterations: string;
  maxOutputTokens: string;
  grounding: Demand | Unset;
  reasoning: Demand | Unset;
}

/** What the server takes for what is left to it. */
export const SERVER_PAIRWISE = { topN: 4, ties: true, earlyStop: false } as const;

export interface FormCombine {
  on: boolean;
  /** Empty for the standard text. */
  instructions: string;
  models: Record<string, FormModel>;
}

export const NO_EVALUATION: FormEvaluation = {
  on: false,
  criteria: null,
  rubricName: "Own criteria",
  judges: {},
  iterations: "1",
  pairwise: { on: true, topN: "4", order: "BOTH", ties: false, earlyStop: false },
};

export const NO_COMBINE: FormCombine = { on: false, instructions: "", models: {} };

/** A number as it was typed; left out when the field is empty, so that the server fills it. */
function typed<Name extends string>(name: Name, text: string): Partial<Record<Name, number>> {
  return text.trim() === "" ? {} : ({ [name]: Number(text) } as Record<Name, number>);
}

/** A value that was chosen; left out when none was. */
function chosen<Name extends string, T>(
  name: Name,
  value: T | Unset | null,
): Partial<Record<Name, T>> {
  return value === "" || value === null ? {} : ({ [name]: value } as Record<Name, T>);
}

export function toEvaluation(form: FormEvaluation): SubmittedEvaluation {
  const { criteria, pairwise, iterations, kept } = form;
  return {
    ...(criteria === null
      ? {}
      : { rubric: toRubric(form.rubricName, kept?.rubricVersion ?? 1, criteria) }),
    judges: Object.entries(form.judges).map(([model, judge]) => ({
      model,
      ...typed("maxOutputTokens", judge.maxOutputTokens),
      ...chosen("reasoning", judge.reasoning),
    })),
    ...typed("iterations", iterations),
    ...(pairwise.on ? { pairwise: toPairwise(pairwise) } : {}),
    ...chosen("seed", kept?.seed ?? null),
  };
}

function toRubric(name: string, version: number, criteria: readonly FormCriterion[]) {
  return {
    name,
    version,
    criteria: criteria.map((each) => ({
      name: each.name,
      description: each.description,
      ...typed("weight", each.weight),
      ...typed("min", each.min),
      ...typed("max", each.max),
    })),
  };
}

function toPairwise({ topN, order, ties, earlyStop }: FormPairwise) {
  return {
    ...typed("topN", topN),
    ...chosen("order", order),
    ...chosen("ties", ties),
    ...chosen("earlyStop", earlyStop),
  };
}

export function toCombine({ instructions, models }: FormCombine): SubmittedCombine {
  return {
    ...(instructions.trim() === "" ? {} : { instructions }),
    models: Object.entries(models).map(([id, model]) => toChoice(id, model)),
  };
}

export function toChoice(id: string, form: FormModel): SubmittedModel {
  return {
    model: id,
    ...typed("iterations", form.iterations),
    ...typed("maxOutputTokens", form.maxOutputTokens),
    ...chosen("grounding", form.grounding),
    ...chosen("reasoning", form.reasoning),
  };
}

export interface PhaseCalls {
  generation: number;
  single: number;
  pairwise: number;
  combine: number;
  post: number;
}

/** What is planned for one source document; null while a number is not a number. */
export function callsPerSource(
  models: Record<string, FormModel>,
  evaluation: FormEvaluation,
  combine: FormCombine,
): PhaseCalls | null {
  const made = iterationsOf(models);
  const combined = combine.on ? iterationsOf(combine.models) : 0;
  const asked = evaluation.on ? wholeOrOne(evaluation.iterations) : 0;
  const topN = wholeOr(SERVER_PAIRWISE.topN, evaluation.pairwise.topN);
  if (made === null || combined === null || asked === null || topN === null) return null;
  const questions = asked * Object.keys(evaluation.judges).length;
  const { on, order } = evaluation.pairwise;
  const each = evaluation.on && on ? questions * (order === "BALANCED" ? 1 : 2) : 0;
  return {
    generation: made,
    single: made * questions,
    pairwise: pairs(Math.min(topN, made)) * each,
    combine: combined,
    post: combined === 0 ? 0 : pairs(2 + combined) * each,
  };
}

function iterationsOf(models: Record<string, FormModel>): number | null {
  const counts = Object.values(models).map(({ iterations }) => wholeOrOne(iterations));
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  );
}

function wholeOrOne(text: string): number | null {
  return wholeOr(1, text);
}

function wholeOr(unset: number, text: string): number | null {
  const value = text.trim() === "" ? unset : Number(text);
  return Number.isInteger(value) && value >= 0 ? value : null;
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}
