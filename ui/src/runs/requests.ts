import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "../api/http.ts";
import { askOfRun } from "../api/queries.ts";
import type { RunPage, RunView } from "../api/types.ts";
import type { BulkAction } from "./bulk.ts";

/** The runs that were put away, page after page. */
export const archivedRunsQuery = infiniteQueryOptions({
  queryKey: ["runs", "archived"],
  queryFn: ({ pageParam, signal }) => {
    const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
    return request<RunPage>(`/runs?archived=true&limit=200${cursor}`, { signal });
  },
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  refetchInterval: 15_000,
});

/** Accepted is not done: the list says when it has happened. */
export function askBulk(action: BulkAction, run: RunView): Promise<unknown> {
  if (action === "cancel") return askOfRun(run.runId, action);
  const path = `/runs/${encodeURIComponent(run.runId)}/${action}`;
  if (action !== "delete") return request(path, { method: "POST" });
  // The name is the gateway's safeguard: it is of this run, whatever was typed for all of them.
  const body = JSON.stringify({ confirm: run.name });
  return request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}
