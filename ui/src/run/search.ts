import type { CallFilter } from "../models/calls.ts";

/** What of the run page lives in its address: a reload and a link show the same. */
export interface RunSearch {
  call?: string;
  show?: CallFilter;
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
  const { call } = search;
  const show = FILTERS.find((filter) => filter === search.show);
  return {
    ...(typeof call === "string" || typeof call === "number" ? { call: String(call) } : {}),
    ...(show === undefined ? {} : { show }),
  };
}
