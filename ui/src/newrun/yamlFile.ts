import type { Submission } from "../api/types.ts";

/**
 * A run as a file, as the command line reads it too. The parser comes with the first file: most
 * people never need it.
 */
export async function toYaml(submission: Submission): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(submission, { lineWidth: 0 });
}

export interface ReadYaml {
  submission: Submission;
  /** Documents that the file names by their paths; a page cannot open them. */
  paths: string[];
}

/** Reads a file strictly; throws an Error whose message says what is wrong, and where. */
export async function fromYaml(text: string): Promise<ReadYaml> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw new Error(broken.message.split("\n")[0] ?? broken.message);
  const read: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isObject(read))
    throw new Error("The file is no run: a run has fields like name and models.");
  check(read, SUBMISSION, "");
  return withoutPaths(read);
}

function withoutPaths(read: Record<string, unknown>): ReadYaml {
  const documents = (read.documents ?? []) as { name?: string; path?: string }[];
  const paths = documents.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const submission = pruned(read) as Submission & { documents?: unknown };
  if (read.documents !== undefined && read.documents !== null)
    submission.documents = documents.filter(({ path }) => path === undefined);
  return { submission, paths };
}

/** A key without a value is unset, in YAML too. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === null || each === undefined ? [] : [[key, pruned(each)]],
    ),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a field holds: text, a number, a switch, one of some words, fields, or a list of such. */
type Shape =
  "text" | "number" | "switch" | readonly string[] | { fields: Fields } | { each: Shape };
type Fields = Record<string, Shape>;

const DEMAND = ["OFF", "ALLOWED", "REQUIRED"];

const MODELS: Shape = {
  each: {
    fields: {
      model: "text",
      iterations: "number",
      maxOutputTokens: "number",
      grounding: DEMAND,
      reasoning: DEMAND,
    },
  },
};

const CRITERION: Fields = {
  name: "text",
  description: "text",
  weight: "number",
  min: "number",
  max: "number",
};

const SUBMISSION: Fields = {
  name: "text",
  instructions: "text",
  documents: {
    each: { fields: { name: "text", path: "text", content: "text", artifact: "text" } },
  },
  generation: { fields: { models: MODELS } },
  limits: {
    fields: {
      maxCostUsd: "number",
      maxPaidCalls: "number",
      concurrency: "number",
      maxAttempts: "number",
      callDeadline: "text",
      attemptTimeout: "text",
      queueTtl: "text",
      runDeadline: "text",
      onWorkerLost: ["RETRY_ONCE", "FAIL"],
      priority: ["HIGH", "NORMAL", "LOW"],
      weight: "number",
    },
  },
  evaluation: {
    fields: {
      rubric: {
        fields: { name: "text", version: "number", criteria: { each: { fields: CRITERION } } },
      },
      judges: {
        each: { fields: { model: "text", maxOutputTokens: "number", reasoning: DEMAND } },
      },
      iterations: "number",
      pairwise: {
        fields: {
          topN: "number",
          order: ["BOTH", "BALANCED"],
          ties: "switch",
          earlyStop: "switch",
        },
      },
      seed: "number",
    },
  },
  combine: { fields: { instructions: "text", models: MODELS } },
};

/** As strict as the service: a field that nobody knows is a mistake in the file. */
function check(value: Record<string, unknown>, fields: Fields, path: string): void {
  for (const [key, each] of Object.entries(value)) {
    const shape = fields[key];
    const at = path === "" ? key : `${path}.${key}`;
    if (shape === undefined) throw new Error(`${at}: there is no such field.`);
    if (each !== null && each !== undefined) checkValue(each, shape, at);
  }
}

function checkValue(value: unknown, shape: Shape, path: string): void {
  if (typeof shape === "string") checkPlain(value, shape, path);
  else if ("each" in shape) checkList(value, shape.each, path);
  else if ("fields" in shape) {
    if (!isObject(value)) throw new Error(`${path}: fields are wanted here.`);
    check(value, shape.fields, path);
  } else if (!shape.includes(value as string)) {
    throw new Error(`${path}: one of ${shape.join(", ")} is wanted here.`);
  }
}

function checkList(value: unknown, each: Shape, path: string): void {
  if (!Array.isArray(value)) throw new Error(`${path}: a list is wanted here.`);
  value.forEach((item, index) => checkValue(item, each, `${path}[${index}]`));
}

const TYPES = { text: "string", number: "number", switch: "boolean" } as const;
const WANTED = { text: "a text", number: "a number", switch: "true or false" } as const;

function checkPlain(value: unknown, shape: keyof typeof TYPES, path: string): void {
  if (typeof value !== TYPES[shape]) throw new Error(`${path}: ${WANTED[shape]} is wanted here.`);
}
