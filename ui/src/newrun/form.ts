import type { CatalogueModel, Demand, Limits, SubmittedLimits, Submission } from "../api/types.ts";
import { LIMIT_NAMES } from "../models/limits.ts";
import {
  callsPerSource,
  toChoice,
  toCombine,
  toEvaluation,
  type FormCombine,
  type FormEvaluation,
  type FormJudge,
  type FormModel,
} from "./judging.ts";

/** What stands in the form, as text, exactly as the user sees it. */
export interface NewRunForm {
  name: string;
  instructions: string;
  documents: FormDocument[];
  /** The chosen models by their id, in the order in which they were chosen. */
  models: Record<string, FormModel>;
  limits: Partial<Record<keyof Limits, string>>;
  evaluation: FormEvaluation;
  combine: FormCombine;
}

export interface FormDocument {
  /** Identity on the page only; it is never sent. */
  key: string;
  name: string;
  content: string;
  /** The digest of a text that the store holds already; then there is no content here. */
  artifact?: string;
}

export const DEMANDS: readonly Demand[] = ["OFF", "ALLOWED", "REQUIRED"];

export interface LimitField {
  name: keyof Limits;
  hint: string;
  kind: "count" | "money" | "seconds" | readonly string[];
}

export const LIMIT_FIELDS: readonly LimitField[] = [
  { name: "maxCostUsd", hint: "The run stops before it is passed", kind: "money" },
  { name: "maxPaidCalls", hint: "Retries count too", kind: "count" },
  { name: "concurrency", hint: "Of this run, over all models", kind: "count" },
  { name: "maxAttempts", hint: "The first one included", kind: "count" },
  { name: "callDeadline", hint: "All attempts and waits together", kind: "seconds" },
  { name: "attemptTimeout", hint: "One exchange, to its last byte", kind: "seconds" },
  { name: "queueTtl", hint: "From release to start", kind: "seconds" },
  { name: "runDeadline", hint: "From request to end", kind: "seconds" },
  { name: "onWorkerLost", hint: "Its calls in flight", kind: ["RETRY_ONCE", "FAIL"] },
  { name: "priority", hint: "Higher classes go first", kind: ["HIGH", "NORMAL", "LOW"] },
  { name: "weight", hint: "Share among equal priorities", kind: "count" },
];

/** The name of a limit with the unit in which it is typed. */
export function limitLabel({ name, kind }: LimitField): string {
  const unit = kind === "seconds" ? ", seconds" : kind === "money" ? ", USD" : "";
  return LIMIT_NAMES[name] + unit;
}

/** How many calls the form asks for; null while a number in it is not a number. */
export function plannedCalls(form: NewRunForm): number | null {
  const calls = callsPerSource(form.models, form.evaluation, form.combine);
  if (calls === null) return null;
  const each = calls.generation + calls.single + calls.pairwise + calls.combine + calls.post;
  return form.documents.length * each;
}

/** Whether it is worth asking what the form would cost: nothing that is needed is missing. */
export function isComplete(form: NewRunForm): boolean {
  const { evaluation, combine } = form;
  return (
    form.name.trim() !== "" &&
    form.documents.every(
      ({ name, content, artifact }) =>
        name.trim() !== "" && (artifact !== undefined || content.trim() !== ""),
    ) &&
    (!evaluation.on || Object.keys(evaluation.judges).length > 0) &&
    (!combine.on || Object.keys(combine.models).length > 0) &&
    (plannedCalls(form) ?? 0) > 0
  );
}

/** The request: what the user sees, and nothing that was left empty. */
export function toSubmission(form: NewRunForm): Submission {
  const limits = toLimits(form.limits);
  return {
    name: form.name,
    documents: form.documents.map(({ name, content, artifact }) =>
      artifact === undefined ? { name, content } : { name, artifact },
    ),
    instructions: form.instructions,
    generation: { models: Object.entries(form.models).map(([id, model]) => toChoice(id, model)) },
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(form.evaluation.on ? { evaluation: toEvaluation(form.evaluation) } : {}),
    ...(form.combine.on ? { combine: toCombine(form.combine) } : {}),
  };
}

function toLimits(limits: NewRunForm["limits"]): SubmittedLimits {
  const set = LIMIT_FIELDS.flatMap(({ name, kind }) => {
    const text = limits[name]?.trim() ?? "";
    return text === "" ? [] : [[name, limitValue(kind, text)] as const];
  });
  return Object.fromEntries(set);
}

function limitValue(kind: LimitField["kind"], text: string): string | number {
  if (kind === "seconds") return `PT${text}S`;
  return kind === "count" || kind === "money" ? Number(text) : text;
}

/** The catalogue's entry of a model; an entry `provider:*` stands for all others of its provider. */
export function entryOf(
  catalogue: readonly CatalogueModel[],
  id: string,
): CatalogueModel | undefined {
  const provider = id.slice(0, id.indexOf(":"));
  return (
    catalogue.find((each) => each.model === id) ??
    catalogue.find((each) => each.model === `${provider}:*`)
  );
}

/** The rows to choose from: chosen ones first in their order, then the rest of the catalogue. */
export function modelRows(
  catalogue: readonly CatalogueModel[],
  chosen: readonly string[],
): string[] {
  const rest = catalogue
    .map((each) => each.model)
    .filter((id) => !id.endsWith(":*") && !chosen.includes(id));
  return [...chosen, ...rest];
}

/** A model as it is first chosen: two iterations, and an output limit that the model can give. */
export function firstChoice(entry: CatalogueModel | undefined): FormModel {
  const most = Math.min(8_000, entry?.maxOutputTokens ?? 8_000);
  return { iterations: "2", maxOutputTokens: String(most), grounding: "OFF", reasoning: "OFF" };
}

/** A judge as it is first chosen: answers of a judge are short. */
export function firstJudge(entry: CatalogueModel | undefined): FormJudge {
  const most = Math.min(4_000, entry?.maxOutputTokens ?? 4_000);
  return { maxOutputTokens: String(most), reasoning: "OFF" };
}

/** A file dropped twice must not make two documents of one name. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let n = 2; ; n++) {
    const candidate = `${stem}-${n}${end}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
