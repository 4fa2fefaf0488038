import type { RunPage, RunView } from "../api/types.ts";
import { compareVersions } from "../stream/version.ts";
import { elapsedMs, endedOf } from "./runs.ts";

/** The list of runs: what is looked for in it, and in which order. Pure, over what was loaded. */
export type RunFilter =
  | "ALL"
  | "RUNNING"
  | "PAUSED"
  | "STUCK"
  | "RETRYING"
  | "RETRIED"
  | "FAILED"
  | "TIMED_OUT"
  | "OVER_BUDGET";

export type RunOrder = "NEWEST" | "OLDEST" | "NAME" | "COST" | "DURATION" | "CALLS" | "TROUBLE";

export const RUN_FILTERS: { filter: RunFilter; label: string }[] = [
  { filter: "ALL", label: "All" },
  { filter: "RUNNING", label: "Running" },
  { filter: "PAUSED", label: "Paused" },
  { filter: "STUCK", label: "Stuck" },
  { filter: "RETRYING", label: "Retrying" },
  { filter: "RETRIED", label: "With retries" },
  { filter: "FAILED", label: "With failures" },
  { filter: "TIMED_OUT", label: "With time-outs" },
  { filter: "OVER_BUDGET", label: "Over budget" },
];

export const RUN_ORDERS: { order: RunOrder; label: string }[] = [
  { order: "NEWEST", label: "Newest first" },
  { order: "OLDEST", label: "Oldest first" },
  { order: "NAME", label: "Name" },
  { order: "COST", label: "Most expensive" },
  { order: "DURATION", label: "Longest" },
  { order: "CALLS", label: "Most calls" },
  { order: "TROUBLE", label: "Most trouble" },
];

/** The runs in which nothing moves although something should; `runs/stuck.ts` says which. */
export type Stuck = ReadonlySet<string>;

const NONE: Stuck = new Set();

export function matchesFilter(run: RunView, filter: RunFilter, stuck = NONE): boolean {
  switch (filter) {
    case "ALL":
      return true;
    case "RUNNING":
      return run.status !== "FINISHED" && run.status !== "PAUSED";
    case "PAUSED":
      return run.status === "PAUSED";
    case "STUCK":
      return stuck.has(run.runId);
    case "RETRYING":
      return run.stats.retrying > 0;
    case "RETRIED":
      return run.stats.retries > 0;
    case "FAILED":
      return run.stats.failed > 0 || run.outcome === "FAILED";
    case "TIMED_OUT":
      return run.stats.timedOut > 0;
    case "OVER_BUDGET":
      return run.outcome === "BUDGET_EXHAUSTED" || run.stats.costUsd > run.limits.maxCostUsd;
  }
}

export function countsByFilter(runs: readonly RunView[], stuck = NONE): Record<RunFilter, number> {
  const counts = Object.fromEntries(RUN_FILTERS.map(({ filter }) => [filter, 0]));
  for (const run of runs)
    for (const { filter } of RUN_FILTERS)
      if (matchesFilter(run, filter, stuck)) counts[filter] = (counts[filter] ?? 0) + 1;
  return counts as Record<RunFilter, number>;
}

export interface RunQuery {
  filter: RunFilter;
  order: RunOrder;
  /** Any case, in the name or the id. */
  text: string;
  stuck?: Stuck;
}

export function listedRuns(runs: readonly RunView[], query: RunQuery, now: number): RunView[] {
  const wanted = query.text.trim().toLowerCase();
  return runs
    .filter((run) => matchesFilter(run, query.filter, query.stuck))
    .filter(({ name, runId }) => wanted === "" || `${name} ${runId}`.toLowerCase().includes(wanted))
    .sort((a, b) => compareBy(a, b, query.order, now) || compare(b.requestedAt, a.requestedAt));
}

function compareBy(a: RunView, b: RunView, order: RunOrder, now: number): number {
  switch (order) {
    case "NEWEST":
      return compare(b.requestedAt, a.requestedAt);
    case "OLDEST":
      return compare(a.requestedAt, b.requestedAt);
    case "NAME":
      return a.name.localeCompare(b.name, "en", { numeric: true });
    case "COST":
      return b.stats.costUsd - a.stats.costUsd;
    case "DURATION":
      return elapsedMs(b, now) - elapsedMs(a, now);
    case "CALLS":
      return b.stats.planned - a.stats.planned || endedOf(b.stats) - endedOf(a.stats);
    case "TROUBLE":
      return troubleOf(b) - troubleOf(a);
  }
}

function troubleOf({ stats }: RunView): number {
  return stats.failed + stats.timedOut;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The pages as one list without repetition: of a run that came twice the newer view counts. */
export function mergedRuns(pages: readonly RunPage[]): RunView[] {
  const runs = new Map<string, RunView>();
  for (const run of pages.flatMap(({ items }) => items)) {
    const held = runs.get(run.runId);
    if (held === undefined || compareVersions(run.asOf, held.asOf) > 0) runs.set(run.runId, run);
  }
  return [...runs.values()];
}

/** What of the list lives in its address; a link shows the same list. */
export interface RunsSearch {
  show?: RunFilter;
  sort?: RunOrder;
  find?: string;
  /** The runs that were put away instead of the others. */
  archived?: true;
}

export function parseRunsSearch(search: Record<string, unknown>): RunsSearch {
  const show = RUN_FILTERS.find(({ filter }) => filter === search.show && filter !== "ALL");
  const sort = RUN_ORDERS.find(({ order }) => order === search.sort && order !== "NEWEST");
  const { find } = search;
  const text = typeof find === "string" || typeof find === "number" ? String(find) : "";
  return {
    ...(show === undefined ? {} : { show: show.filter }),
    ...(sort === undefined ? {} : { sort: sort.order }),
    ...(text === "" ? {} : { find: text }),
    ...(search.archived === true ? { archived: true } : {}),
  };
}
