import type { Limits, RunSpec } from "../api/types.ts";
import { isoDuration } from "../models/format.ts";
import { LIMIT_NAMES } from "../models/limits.ts";
import { textRow, union, type Section } from "./rows.ts";

/** What was asked for differently: only settings that are not the same in both. */
export function settingsSection(a: RunSpec | null, b: RunSpec | null): Section {
  const [left, right] = [flat(a), flat(b)];
  const rows = union(left.keys(), right.keys()).map((path) =>
    textRow(settingName(path), left.get(path) ?? null, right.get(path) ?? null),
  );
  return {
    id: "settings",
    title: "Settings that differ",
    rows: rows.filter(({ change }) => change !== null),
  };
}

/** "limits.maxAttempts" has a name that people read; other fields are called as in a run's file. */
function settingName(path: string): string {
  const limit = /^limits\.(.+)$/.exec(path)?.[1];
  return isLimit(limit) ? LIMIT_NAMES[limit] : path;
}

function isLimit(name: string | undefined): name is keyof Limits {
  return name !== undefined && name in LIMIT_NAMES;
}

/** A text is compared by its digest; lists by the model or the name that their entries are about. */
function flat(spec: RunSpec | null): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string, value: unknown) => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      value.forEach((each: unknown, index) => visit(`${path} ${nameIn(each) ?? index + 1}`, each));
    } else if (typeof value === "object") {
      const fields = value as Record<string, unknown>;
      if (typeof fields.sha256 === "string") found.set(path, `text ${fields.sha256.slice(0, 12)}`);
      else for (const [key, each] of Object.entries(fields)) visit(join(path, key), each);
    } else found.set(path, plainText(value as string | number | boolean));
  };
  if (spec !== null) visit("", { ...spec, name: null, reuse: takenOver(spec) });
  return found;
}

/** Of documents that were not written here only where they are from, and how they were shown. */
function takenOver({ reuse }: RunSpec): Record<string, string> | null {
  if (reuse === null) return null;
  const masked = reuse.outputs.some(({ original }) => original !== null);
  return { run: reuse.run, suspicions: masked ? "masked" : "as written" };
}

/** A duration reads as everywhere else. */
function plainText(value: string | number | boolean): string {
  return typeof value === "string" ? isoDuration(value) : String(value);
}

function nameIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const { model, name } = value as Record<string, unknown>;
  return typeof model === "string" ? model : typeof name === "string" ? name : null;
}

function join(path: string, key: string): string {
  // "generation.models gpt model" says the model twice.
  if (key === "model" || key === "name") return `${path} is there`;
  return path === "" ? key : `${path}.${key}`;
}
