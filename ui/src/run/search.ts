import { parseNumberSearch, type NumberSearch } from "../history/search.ts";
import type { CallFilter } from "../models/calls.ts";

/** What of the run page lives in its address: a reload and a link show the same. */
export interface RunSearch extends NumberSearch {
  call?: string;
  show?: CallFilter;
  /** Only the console lines of this call. */
  log?: string;
  /** Only the listed calls in which an attempt failed in this way: the fingerprint of an error. */
  error?: string;
  /** The document that is read, and the one beside it. */
  doc?: string;
  beside?: string;
}

const FILTERS: readonly CallFilter[] = [
  "FINISHED",
  "OK",
  "FAILED",
  "TIMED_OUT",
  "CANCELLED",
  "SKIPPED",
  "QUEUED",
];

export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const show = FILTERS.find((filter) => filter === search.show);
  return {
    ...idAt("call", search.call),
    ...idAt("log", search.log),
    ...idAt("error", search.error),
    ...idAt("doc", search.doc),
    ...idAt("beside", search.beside),
    ...(show === undefined ? {} : { show }),
    ...parseNumberSearch(search),
  };
}

/** Null takes a part away. */
export type SearchChange = { [Name in keyof RunSearch]: RunSearch[Name] | null };

/** The address after a change. */
export function changedSearch(search: RunSearch, change: SearchChange): RunSearch {
  const parts = Object.entries({ ...search, ...change });
  return Object.fromEntries(parts.filter(([, value]) => value !== null));
}

/** An id of digits alone comes out of the address as a number. */
function idAt<Name extends string>(name: Name, id: unknown): Partial<Record<Name, string>> {
  if (typeof id !== "string" && typeof id !== "number") return {};
  return { [name]: String(id) } as Record<Name, string>;
}
