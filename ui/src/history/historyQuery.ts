import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "../api/http.ts";
import type { HistoryPage } from "./events.ts";
import type { HistoryFilter } from "./numbers.ts";

const PAGE = 200;

/**
 * The events of a filter in the order of the log, page after page. `asOf` is the event up to which
 * the page had come when it asked: a later one is another question.
 */
export function historyQuery(runId: string, filter: HistoryFilter, asOf: number) {
  return infiniteQueryOptions({
    queryKey: ["history", runId, filter, asOf],
    queryFn: ({ pageParam, signal }) =>
      request<HistoryPage>(historyPath(runId, filter, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: Infinity,
    // Some thousand events are worth being read again rather than being kept.
    gcTime: 60_000,
  });
}

export function historyPath(runId: string, filter: HistoryFilter, after: string | null): string {
  const search = new URLSearchParams(filter.types.map((type) => ["type", type]));
  for (const name of ["phase", "model", "worker"] as const)
    if (filter[name] !== null) search.set(name, filter[name]);
  if (after !== null) search.set("after", after);
  search.set("limit", String(PAGE));
  return `/runs/${encodeURIComponent(runId)}/history?${search.toString()}`;
}
