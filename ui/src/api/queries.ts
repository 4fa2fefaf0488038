import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./http.ts";
import type {
  Catalogue,
  GatewayVersion,
  Quarantine,
  RunPage,
  SubmittedRun,
  Submission,
} from "./types.ts";

const SECOND = 1_000;
const PAGE_SIZE = 50;

export const runsQuery = infiniteQueryOptions({
  queryKey: ["runs"],
  queryFn: ({ pageParam, signal }) =>
    request<RunPage>(`/runs?limit=${PAGE_SIZE}${cursorOf(pageParam)}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  // The list has no stream of its own, so it asks: often while something moves, seldom otherwise.
  refetchInterval: (query) => {
    const pages = query.state.data?.pages ?? [];
    const moving = pages.some((page) => page.items.some((run) => run.status !== "FINISHED"));
    return moving ? 2 * SECOND : 10 * SECOND;
  },
});

function cursorOf(cursor: string | null): string {
  return cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
}

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => request<Catalogue>("/models", { signal }),
  staleTime: 60 * SECOND,
});

export const versionQuery = queryOptions({
  queryKey: ["version"],
  queryFn: ({ signal }) => request<GatewayVersion>("/version", { signal }),
  refetchInterval: 15 * SECOND,
});

export const quarantineQuery = queryOptions({
  queryKey: ["quarantine"],
  queryFn: ({ signal }) => request<Quarantine>("/quarantine", { signal }),
  refetchInterval: 30 * SECOND,
});

/** The same key gives the same run, however often it is sent. */
export function submitRun(submission: Submission, idempotencyKey: string): Promise<SubmittedRun> {
  return request<SubmittedRun>("/runs", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
    body: JSON.stringify(submission),
  });
}

export function cancelRun(runId: string): Promise<{ runId: string }> {
  return request(`/runs/${encodeURIComponent(runId)}/cancel`, { method: "POST" });
}

export function artifactUrl(sha256: string): string {
  return `/api/v1/artifacts/${encodeURIComponent(sha256)}`;
}
